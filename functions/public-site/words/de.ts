import { preferences, unsubscribe } from './links-de.ts';
import type { Words } from './words.ts';

export const de: Words = {
  language: 'de',
  images: {
    'profile-images': () => 'Bilder Ihrer Profilseite, auch Ihr Foto',
    'header-graphic': (community) => `Kopfgrafik der Community ${community}`,
    pages: (community) => `Seiten der Community ${community}`,
    'marketing-email': () => 'Werbe-Mails',
  },
  states: {
    blocked: (since) => `Nicht in der Werbung, seit dem ${since}`,
    hold: (since) => `Nicht in der Werbung, solange über eine Bitte nicht entschieden ist, seit dem ${since}`,
    clear: () => 'Verwendung in der Werbung erlaubt',
  },
  labels: {
    member: 'Mitglied',
    covers: 'Was sie umfasst',
    now: 'Was jetzt gilt',
    since: 'Nicht verwendet seit',
    request: 'Nummer der Bitte',
  },
  yes: 'Ja, das war ich',
  no: 'Nein, das war ich nicht',
  question: {
    title: 'Haben Sie uns darum gebeten?',
    what: (siteName, date) =>
      `Am ${date} hat ${siteName} eine Mail erhalten, die uns in Ihrem Namen bittet, Ihre Bilder nicht in der Werbung zu verwenden.`,
    doubt:
      'Wir konnten nicht sicher sein, dass Sie sie geschrieben haben. Vorsichtshalber verwenden wir diese Bilder seitdem nicht.',
    ask: 'Waren Sie das?',
    afterYes:
      'Ihre Bilder bleiben aus unserer Werbung heraus, bis Sie das ändern. Sie bekommen eine Mail, in der das steht.',
    afterNo:
      'Diese Bitte gilt dann nicht mehr, und unser Personal erfährt, dass jemand in Ihrem Namen geschrieben hat. Andere Bitten von Ihnen gelten weiter.',
    nothingYet: 'Es ändert sich nichts, bevor Sie auf einen der beiden Knöpfe drücken. Ihre erste Antwort zählt.',
    silence: (date) =>
      `Wenn Sie bis zum ${date} nicht antworten, sieht sich ein Mensch die Bitte an. Bis dahin bleiben diese Bilder unbenutzt.`,
  },
  saidYes: {
    title: 'Danke. Ihre Bilder bleiben aus unserer Werbung heraus.',
    text: 'Sie haben uns gesagt, dass diese Bitte von Ihnen ist.',
    undo: (address) =>
      `Wenn Sie sie zurücknehmen möchten oder sie weniger umfassen soll, schreiben Sie an ${address} und nennen Sie die Nummer der Bitte.`,
  },
  saidNo: {
    title: 'Danke. Diese Bitte gilt nicht mehr.',
    text: 'Sie haben uns gesagt, dass diese Bitte nicht von Ihnen ist. Unser Personal erfährt, dass jemand in Ihrem Namen geschrieben hat.',
    undo: (address) =>
      `Wenn Sie Ihre Bilder doch aus unserer Werbung heraushalten möchten, senden Sie eine Mail mit dem Betreff REMOVE FROM MARKETING MATERIALS an ${address}.`,
  },
  decided: {
    title: 'Über diese Bitte ist entschieden',
    text: 'Ein Mensch hat entschieden, bevor Sie hier geantwortet haben. Es gibt also nichts mehr zu beantworten.',
    undo: (address) =>
      `Wenn Sie nicht einverstanden sind, schreiben Sie an ${address} und nennen Sie die Nummer der Bitte.`,
  },
  answered: {
    title: 'Sie haben schon geantwortet',
    before: (answer) => `Ihre Antwort war: „${answer}“. Es ist nichts mehr zu tun.`,
    firstCounts: (answer) =>
      `Sie hatten schon geantwortet: „${answer}“. Die erste Antwort zählt, darum wurde jetzt nichts geändert.`,
  },
  unknown: {
    title: 'Dieser Link funktioniert nicht',
    paragraphs: (address) => [
      'Er ist vielleicht unvollständig oder mehr als 7 Tage alt. Bitte versuchen Sie es noch einmal mit dem ganzen Link aus unserer Mail.',
      `Wenn das nicht hilft, schreiben Sie an ${address}. Nennen Sie die Nummer der Bitte aus der Mail, falls Sie sie haben.`,
      'Ist ein Link zu alt geworden, entscheidet ein Mensch über die Bitte. Bis dahin bleiben die Bilder unbenutzt.',
    ],
  },
  notUnderstood: {
    title: 'Ihre Antwort ist nicht angekommen',
    paragraphs: (address) => [
      'Es wurde nichts geändert. Bitte öffnen Sie den Link aus unserer Mail noch einmal und drücken Sie auf einen der beiden Knöpfe.',
      `Wenn das nicht hilft, schreiben Sie an ${address} und nennen Sie die Nummer der Bitte aus der Mail.`,
    ],
  },
  unavailable: {
    title: 'Bitte versuchen Sie es in einigen Minuten noch einmal',
    paragraphs: (address) => [
      'Das ging gerade nicht. Es liegt nicht an Ihnen.',
      'Bitte öffnen Sie den Link aus unserer Mail noch einmal. Zweimal zu antworten schadet nicht.',
      `Wenn es auch später nicht geht, schreiben Sie an ${address} und nennen Sie die Nummer der Bitte aus der Mail.`,
    ],
  },
  preferences,
  unsubscribe,
};
