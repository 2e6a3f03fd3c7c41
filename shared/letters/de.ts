import { atDesk, type CoveredWords, chosenBlocks, coveredLines, noticeAtDesk, written } from './covered.ts';
import { longDate } from './dates.ts';
import { digest } from './digest.ts';
import type { LetterFacts, Letters } from './letter.ts';
import { ourAddresses } from './our-addresses.ts';
import { recall } from './recall.ts';

export const de: Letters = {
  granted: (facts) => ({
    subject: `Erledigt: keine Werbung mit Ihren Bildern (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben ${facts.siteName} schriftlich gebeten, Ihre Bilder nicht in der Werbung zu verwenden. Das gilt seit dem ${date(facts.since)} und umfasst:`,
      covered(facts),
      `Sie müssen nichts weiter tun. Wenn weniger umfasst sein soll oder Sie es zurücknehmen möchten, ${reply(facts)}. Ein Mensch wird es lesen.`,
      number(facts),
    ],
  }),
  'already-in-effect': (facts) => ({
    subject: `Ihre Bilder sind bereits von der Werbung ausgenommen (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben ${facts.siteName} schriftlich gebeten, Ihre Bilder nicht in der Werbung zu verwenden. Das galt bereits und bleibt so. Es umfasst:`,
      covered(facts),
      'Sie müssen nichts weiter tun. Wenn weniger umfasst sein soll oder Sie es zurücknehmen möchten, antworten Sie bitte auf diese Mail.',
      number(facts),
    ],
  }),
  confirm: (facts) => ({
    subject: `Bitte bestätigen: Ihre Bilder in unserer Werbung (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Jemand hat ${facts.siteName} in Ihrem Namen gebeten, Ihre Bilder nicht in der Werbung zu verwenden. Wir konnten nicht sicher sein, dass Sie es waren. Vorsichtshalber verwenden wir seit dem ${date(facts.since)} nicht mehr:`,
      covered(facts),
      'Bitte sagen Sie uns, ob Sie es waren. Die Seite hinter diesem Link fragt noch einmal nach, bevor sich etwas ändert:',
      { link: facts.confirmUrl ?? '', words: 'Ja, das war ich – oder nein, das war ich nicht' },
      'Wenn wir 7 Tage lang nichts hören, sieht sich ein Mensch die Bitte an. Bis dahin bleiben Ihre Bilder unbenutzt.',
      number(facts),
    ],
  }),
  'which-profile': (facts) => ({
    subject: `Welches Profil gehört Ihnen? (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben ${facts.siteName} schriftlich gebeten, Ihre Bilder nicht in der Werbung zu verwenden. Zu Ihrer Mailadresse haben wir kein Profil gefunden.`,
      'Bitte antworten Sie auf diese Mail und nennen Sie uns die Adresse Ihrer Profilseite, Ihren Benutzernamen oder die Mailadresse, mit der Sie sich angemeldet haben.',
      decision(facts),
      number(facts),
    ],
  }),
  received: (facts) => ({
    subject: `Wir haben Ihre Nachricht (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} hat Ihre Nachricht erhalten. Ein Mensch wird sie lesen.`,
      decision(facts),
      number(facts),
    ],
  }),
  unsubscribed: (facts) => ({
    subject: `Keine Werbemails mehr (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} schickt Ihnen keine Werbemails mehr. Nachrichten, die Sie brauchen, etwa zum Datenschutz, erreichen Sie weiterhin.`,
      number(facts),
    ],
  }),
  declined: (facts) => ({
    subject: `Zu Ihrer Bitte (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Ein Mensch bei ${facts.siteName} hat gelesen, was Sie geschrieben haben, und konnte nicht tun, worum Sie offenbar bitten. Er schreibt Ihnen:`,
      ...written(facts),
      `Wenn Sie es anders sehen oder uns mehr sagen können, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  withdrawn: (facts) => ({
    subject: `Ihre Bitte ist abgeschlossen (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben ${facts.siteName} mitgeteilt, dass Sie Ihre Bitte zurücknehmen. Sie ist damit abgeschlossen und nimmt keines Ihrer Bilder mehr von der Werbung aus; andere Bitten von Ihnen gelten weiter.`,
      ...written(facts),
      `Wenn Sie das nicht waren, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  question: (facts) => ({
    subject: `Eine Frage zu Ihrer Bitte (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Ein Mensch bei ${facts.siteName} hat Ihre Bitte gelesen und fragt:`,
      ...written(facts),
      `Für Ihre Antwort gilt: ${reply(facts)}. ${facts.covers?.length ? 'Bis dahin wartet Ihre Bitte, und Bilder, die wir ihretwegen zurückhalten, bleiben unbenutzt.' : 'Bis dahin wartet Ihre Bitte.'}`,
      number(facts),
    ],
  }),
  'preferences-link': (facts) => ({
    subject: `Ihre Einstellungen bei ${facts.siteName}`,
    blocks: [
      hello(facts),
      `Hinter diesem Link sehen und ändern Sie, welche Ihrer Bilder ${facts.siteName} in der Werbung verwenden darf und ob Sie Werbe-Mails bekommen:`,
      { link: facts.preferencesUrl ?? '', words: 'Meine Einstellungen öffnen' },
      'Der Link gilt 30 Minuten und für eine Änderung. Behalten Sie ihn für sich: Wer ihn hat, kann Ihre Einstellungen ändern.',
      'Wenn Sie nicht darum gebeten haben, müssen Sie nichts tun. Es ändert sich nichts, solange niemand den Link öffnet und speichert.',
    ],
  }),
  'preferences-changed': (facts) => ({
    subject: `Ihre Einstellungen sind geändert (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben am ${date(facts.since)} Ihre Einstellungen bei ${facts.siteName} geändert. Die Änderung gilt bereits.`,
      ...chosenBlocks(facts, words, chosen),
      'Wenn Sie es wieder ändern möchten, fordern Sie einen neuen Link an:',
      { link: facts.preferencesUrl ?? '', words: 'Meine Einstellungen' },
      'Wenn Sie das nicht waren, antworten Sie bitte sofort auf diese Mail. Ein Mensch wird sie lesen.',
      change(facts),
    ],
  }),
  'community-changed': (facts) => ({
    subject: `Eine Community von Ihnen: ihre Bilder in unserer Werbung (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.chosenBy} verwaltet mit Ihnen zusammen eine Community und hat am ${date(facts.since)} geändert, was ${facts.siteName} von ihren Bildern verwenden darf. Die Änderung gilt bereits.`,
      ...chosenBlocks(facts, words, chosen),
      'Alle, die sie verwalten, können das jederzeit ändern. Fordern Sie dazu einen Link zu Ihren Einstellungen an:',
      { link: facts.preferencesUrl ?? '', words: 'Meine Einstellungen' },
      'Wenn Sie meinen, dass das ein Versehen war, antworten Sie bitte auf diese Mail. Ein Mensch wird sie lesen.',
      change(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `Ein Mitglied sagt: das war ich nicht (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Jemand hat ${facts.siteName} im Namen eines Mitglieds geschrieben, und das Mitglied sagt, dass es das nicht war. Die Sperre dieser Bitte ist aufgehoben, außer wo ein anderes Mitglied mit derselben Mail gebeten hat; andere Bitten behalten die ihre.`,
      ...atDesk(facts, 'Die Bitte am Schreibtisch öffnen'),
      number(facts),
    ],
  }),
  'notice-paused': (facts) => ({
    subject: `Eine Mitteilung wurde angehalten (${facts.requestId})`,
    blocks: [
      `Eine Mitteilung von ${facts.siteName} an die Mitglieder wurde am ${date(facts.since)} angehalten, weil zu viele ihrer Mails zurückkamen oder als Spam gemeldet wurden. Festgestellt wurde:`,
      ...written(facts),
      'Weitere Mitglieder werden erst angeschrieben, wenn eine verantwortliche Person die Mitteilung fortsetzt. Sehen Sie sich vorher die Adressen an, deren Mails zurückkamen, und den Text. Sie können die Mitteilung auch abbrechen.',
      ...noticeAtDesk(facts, 'Die Mitteilung am Schreibtisch öffnen'),
    ],
  }),
  digest,
  recall,
};

const hello = ({ name }: LetterFacts) => (name ? `Guten Tag ${name},` : 'Guten Tag,');
const date = (at: string) => longDate(at, 'de');
const number = ({ requestId }: LetterFacts) => `Ihre Bitte hat die Nummer ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy
    ? `Sie bekommen spätestens am ${date(decideBy)} eine Antwort.`
    : 'Sie bekommen so bald wie möglich eine Antwort.';
const reply = (facts: LetterFacts) =>
  facts.onPaper
    ? `schreiben Sie uns bitte${ourAddresses(facts, 'de', 'an')} und nennen Sie dabei die Nummer Ihrer Bitte`
    : 'antworten Sie bitte auf diese Mail';
const covered = (facts: LetterFacts) => coveredLines(facts, words);
const words: CoveredWords = {
  profile: 'Bilder Ihrer Profilseite, auch Ihr Foto',
  community: (id) => `die Kopfgrafik und die Seiten der Community ${id}`,
  header: (id) => `die Kopfgrafik der Community ${id}`,
  pages: (id) => `die Seiten der Community ${id}`,
  offers: 'Werbe-Mails an Sie',
};
const chosen = { off: 'Dies verwenden oder versenden wir von nun an nicht mehr:', on: 'Dies ist wieder erlaubt:' };
const change = (facts: LetterFacts) => `Diese Änderung hat die Nummer ${facts.requestId}.`;
