import { longDate } from './dates.ts';
import type { LetterFacts, Letters } from './letter.ts';

export const fr: Letters = {
  granted: (facts) => ({
    subject: `C’est fait : vos images ne servent plus à notre publicité (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez demandé par écrit à ${facts.siteName} de ne pas utiliser vos images dans sa publicité. C’est en vigueur depuis le ${date(facts.since)}. Sont concernées :`,
      covered(facts),
      'Vous n’avez rien à faire. Pour en limiter la portée ou revenir sur votre demande, répondez à ce message. Une personne le lira.',
      number(facts),
    ],
  }),
  'already-in-effect': (facts) => ({
    subject: `Vos images sont déjà exclues de notre publicité (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez demandé par écrit à ${facts.siteName} de ne pas utiliser vos images dans sa publicité. C’était déjà le cas et cela le reste. Sont concernées :`,
      covered(facts),
      'Vous n’avez rien à faire. Pour en limiter la portée ou revenir sur votre demande, répondez à ce message.',
      number(facts),
    ],
  }),
  confirm: (facts) => ({
    subject: `Merci de confirmer : vos images dans notre publicité (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Quelqu’un a demandé en votre nom à ${facts.siteName} de ne pas utiliser vos images dans sa publicité. Nous n’avons pas pu nous assurer que c’était vous. Par précaution, nous n’utilisons plus depuis le ${date(facts.since)} :`,
      covered(facts),
      'Dites-nous si c’était vous. La page derrière ce lien vous le demandera encore une fois avant tout changement :',
      { link: facts.confirmUrl ?? '', words: 'Oui, c’était moi – ou non, ce n’était pas moi' },
      'Sans réponse sous 7 jours, une personne examinera la demande. D’ici là, vos images restent inutilisées.',
      number(facts),
    ],
  }),
  'which-profile': (facts) => ({
    subject: `Quel est votre profil ? (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez demandé par écrit à ${facts.siteName} de ne pas utiliser vos images dans sa publicité. Nous n’avons trouvé aucun profil avec votre adresse e-mail.`,
      'Répondez à ce message en indiquant l’adresse de votre page de profil, votre nom d’utilisateur ou l’adresse e-mail de votre inscription.',
      decision(facts),
      number(facts),
    ],
  }),
  received: (facts) => ({
    subject: `Nous avons reçu votre demande (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} a reçu votre message. Une personne va le lire.`,
      decision(facts),
      number(facts),
    ],
  }),
  unsubscribed: (facts) => ({
    subject: `Plus d’e-mails publicitaires (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} ne vous enverra plus d’e-mails publicitaires. Les messages nécessaires, par exemple sur la protection de vos données, vous parviendront toujours.`,
      number(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `Un membre dit : ce n’était pas moi (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Quelqu’un a écrit à ${facts.siteName} au nom d’un membre, et celui-ci dit que ce n’était pas lui. La suspension de cette demande est levée, sauf là où un autre membre a demandé par le même message ; les autres demandes gardent la leur.`,
      number(facts),
    ],
  }),
};

const hello = ({ name }: LetterFacts) => (name ? `Bonjour ${name},` : 'Bonjour,');
const date = (at: string) => longDate(at, 'fr');
const number = ({ requestId }: LetterFacts) => `Votre demande porte le numéro ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy ? `Vous aurez une réponse le ${date(decideBy)} au plus tard.` : 'Vous aurez une réponse dès que possible.';
const covered = ({ communities }: LetterFacts) => [
  'les images de votre page de profil, y compris votre photo',
  ...communities.map((community) => `l’image d’en-tête et les pages de la communauté ${community}`),
];
