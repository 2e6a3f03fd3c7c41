import { longDate } from './dates.ts';
import type { LetterFacts, Letters } from './letter.ts';

export const de: Letters = {
  granted: (facts) => ({
    subject: `Erledigt: keine Werbung mit Ihren Bildern (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Sie haben ${facts.siteName} schriftlich gebeten, Ihre Bilder nicht in der Werbung zu verwenden. Das gilt seit dem ${date(facts.since)} und umfasst:`,
      covered(facts),
      'Sie müssen nichts weiter tun. Wenn weniger umfasst sein soll oder Sie es zurücknehmen möchten, antworten Sie bitte auf diese Mail. Ein Mensch wird sie lesen.',
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
  'not-me': (facts) => ({
    subject: `Ein Mitglied sagt: das war ich nicht (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Jemand hat ${facts.siteName} im Namen eines Mitglieds geschrieben, und das Mitglied sagt, dass es das nicht war. Die Sperre dieser Bitte ist aufgehoben, außer wo ein anderes Mitglied mit derselben Mail gebeten hat; andere Bitten behalten die ihre.`,
      number(facts),
    ],
  }),
};

const hello = ({ name }: LetterFacts) => (name ? `Guten Tag ${name},` : 'Guten Tag,');
const date = (at: string) => longDate(at, 'de');
const number = ({ requestId }: LetterFacts) => `Ihre Bitte hat die Nummer ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy
    ? `Sie bekommen spätestens am ${date(decideBy)} eine Antwort.`
    : 'Sie bekommen so bald wie möglich eine Antwort.';
const covered = ({ communities }: LetterFacts) => [
  'Bilder Ihrer Profilseite, auch Ihr Foto',
  ...communities.map((community) => `die Kopfgrafik und die Seiten der Community ${community}`),
];
