import type { PreferencesWords, UnsubscribeWords } from './words.ts';

export const preferences: PreferencesWords = {
  ask: {
    title: 'Ihre Einstellungen',
    what: (siteName) =>
      `Sehen und ändern Sie, welche Ihrer Bilder ${siteName} in der Werbung verwenden darf und ob Sie Werbe-Mails bekommen.`,
    how: 'Geben Sie eine Mailadresse Ihres Profils ein. Wir schicken einen Link an die Hauptadresse dieses Profils. Er gilt 30 Minuten.',
    label: 'Mailadresse',
    button: 'Link schicken',
    wrong: 'Das ist keine Mailadresse. Schreiben Sie sie wie name@example.org.',
  },
  asked: {
    title: 'Sehen Sie in Ihre Mails',
    paragraphs: (address) => [
      'Wenn diese Adresse zu einem Profil gehört, ist ein Link an die Hauptadresse dieses Profils unterwegs. Er gilt 30 Minuten.',
      'Das sagen wir zu jeder Adresse, damit hier niemand erfährt, wer Mitglied ist.',
      `Wenn nach einigen Minuten nichts kommt, sehen Sie in den Spam-Ordner oder schreiben Sie an ${address}.`,
    ],
  },
  tooMany: {
    title: 'Bitte versuchen Sie es in einer Stunde noch einmal',
    paragraphs: (address) => [
      'Von Ihrem Anschluss aus wurden viele Links angefordert. Vorerst schicken wir keine weiteren.',
      `Wenn es nicht warten kann, schreiben Sie an ${address}.`,
    ],
  },
  choose: {
    title: 'Ihre Einstellungen',
    what: 'Wählen Sie aus und speichern Sie am Ende. Bis dahin ändert sich nichts.',
    others: 'Wer eine Community mit Ihnen verwaltet, erfährt von einer Änderung.',
    means: {
      'profile-images': (siteName) =>
        `Ob ${siteName} Bilder Ihrer Profilseite, auch Ihr Foto, auf der eigenen Website und in anderer Werbung zeigen darf.`,
      'header-graphic': (siteName) =>
        `Ob ${siteName} ein Bild der Kopfgrafik dieser Community in der Werbung zeigen darf.`,
      pages: (siteName) => `Ob ${siteName} Bilder der Seiten dieser Community in der Werbung zeigen darf.`,
      'marketing-email': (siteName) =>
        `Angebote von ${siteName} und Partnern. Nachrichten, die Sie brauchen, etwa zum Datenschutz, erreichen Sie in jedem Fall.`,
    },
    now: 'Jetzt:',
    allow: 'Verwendung in der Werbung erlaubt',
    block: 'Nicht in der Werbung',
    hold: 'So lassen, bis über die offene Bitte entschieden ist',
    mailOn: 'Werbe-Mails schicken',
    mailOff: 'Keine Werbe-Mails',
    mailNow: 'Sie bekommen Werbe-Mails',
    mailSince: (since) => `Keine Werbe-Mails, seit dem ${since}`,
    save: 'Speichern',
    once: 'Was Sie speichern, gilt sofort, und eine Mail an Ihre Hauptadresse sagt, was sich geändert hat. Der Link gilt für eine Änderung.',
  },
  same: 'Es wurde nichts geändert: Alles war schon so. Sie können noch auswählen.',
  saved: {
    title: 'Gespeichert',
    text: 'Ihre Auswahl gilt. Eine Mail an Ihre Hauptadresse sagt, was sich geändert hat.',
    again: 'Dieser Link ist nun verbraucht. Um noch etwas zu ändern, lassen Sie sich einen neuen schicken.',
    button: 'Neuen Link schicken',
  },
  sentAgain: {
    title: 'Sehen Sie in Ihre Mails',
    paragraphs: () => ['Ein neuer Link ist an die Hauptadresse Ihres Profils unterwegs. Er gilt 30 Minuten.'],
  },
  used: {
    title: 'Dieser Link wurde schon benutzt',
    paragraphs: (address) => [
      'Mit ihm wurde eine Auswahl gespeichert, und er gilt nur für eine. Eben wurde nichts geändert.',
      `Wenn nicht Sie die Auswahl gespeichert haben, schreiben Sie an ${address}.`,
    ],
  },
  unknown: {
    title: 'Dieser Link funktioniert nicht',
    paragraphs: (address) => [
      'Vielleicht ist er unvollständig oder mehr als 30 Minuten alt. Es wurde nichts geändert.',
      `Fordern Sie einen neuen Link an oder schreiben Sie an ${address}.`,
    ],
  },
  notUnderstood: {
    title: 'Ihre Auswahl ist nicht angekommen',
    paragraphs: (address) => [
      'Es wurde nichts geändert. Öffnen Sie den Link aus unserer Mail noch einmal, wählen Sie aus und speichern Sie.',
      `Wenn das nicht hilft, schreiben Sie an ${address}.`,
    ],
  },
  newLink: 'Einen neuen Link anfordern',
};

export const unsubscribe: UnsubscribeWords = {
  ask: {
    title: 'Keine Werbe-Mails mehr?',
    what: (siteName) =>
      `Drücken Sie auf den Knopf, und ${siteName} schickt Ihnen keine Angebote und andere Werbe-Mails mehr.`,
    keeps: 'Nachrichten, die Sie brauchen, etwa zum Datenschutz, erreichen Sie weiterhin.',
    button: 'Werbe-Mails abbestellen',
  },
  done: {
    title: 'Sie bekommen keine Werbe-Mails mehr',
    text: 'Das gilt ab jetzt. Was vorher abgeschickt wurde, kann noch ankommen.',
    more: 'Wenn Sie es zurücknehmen oder auswählen möchten, was von Ihren Bildern verwendet werden darf:',
    link: 'Ihre Einstellungen',
  },
  unknown: {
    title: 'Dieser Link funktioniert nicht',
    paragraphs: (address) => [
      'Vielleicht ist er unvollständig. Es wurde nichts geändert.',
      `Schicken Sie von der Adresse, die die Angebote bekommt, eine leere Mail an ${address}. Dann kommen keine mehr.`,
    ],
  },
  notUnderstood: {
    title: 'Es wurde nichts geändert',
    paragraphs: (address) => [
      'Öffnen Sie den Link noch einmal und drücken Sie auf den Knopf.',
      `Wenn das nicht hilft, schicken Sie von der Adresse, die die Angebote bekommt, eine leere Mail an ${address}. Dann kommen keine mehr.`,
    ],
  },
};
