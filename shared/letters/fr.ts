import { atDesk, type CoveredWords, chosenBlocks, coveredLines, noticeAtDesk, written } from './covered.ts';
import { longDate } from './dates.ts';
import { digest } from './digest.ts';
import type { LetterFacts, Letters } from './letter.ts';
import { ourAddresses } from './our-addresses.ts';
import { recall } from './recall.ts';

export const fr: Letters = {
  granted: (facts) => ({
    subject: `C’est fait : vos images ne servent plus à notre publicité (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez demandé par écrit à ${facts.siteName} de ne pas utiliser vos images dans sa publicité. C’est en vigueur depuis le ${date(facts.since)}. Sont concernées :`,
      covered(facts),
      `Vous n’avez rien à faire. Pour en limiter la portée ou revenir sur votre demande, ${reply(facts)}. Une personne le lira.`,
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
  declined: (facts) => ({
    subject: `À propos de votre demande (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Une personne chez ${facts.siteName} a lu ce que vous avez écrit et n’a pas pu faire ce que vous semblez demander. Elle vous écrit :`,
      ...written(facts),
      `Si vous n’êtes pas de cet avis ou pouvez nous en dire plus, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  withdrawn: (facts) => ({
    subject: `Votre demande est close (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez fait savoir à ${facts.siteName} que vous retirez votre demande ; elle est donc close. Elle n’exclut plus aucune de vos images de notre publicité ; vos autres demandes restent en vigueur.`,
      ...written(facts),
      `Si ce n’était pas vous, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  question: (facts) => ({
    subject: `Une question sur votre demande (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Une personne chez ${facts.siteName} a lu votre demande et vous demande :`,
      ...written(facts),
      `Pour nous répondre, ${reply(facts)}. ${facts.covers?.length ? 'D’ici là, votre demande est en attente et les images que nous retenons pour elle restent inutilisées.' : 'D’ici là, votre demande est en attente.'}`,
      number(facts),
    ],
  }),
  'preferences-link': (facts) => ({
    subject: `Vos préférences sur ${facts.siteName}`,
    blocks: [
      hello(facts),
      `Derrière ce lien, vous voyez et modifiez ce que ${facts.siteName} peut utiliser de vos images dans sa publicité, et si vous recevez des messages publicitaires :`,
      { link: facts.preferencesUrl ?? '', words: 'Ouvrir mes préférences' },
      'Le lien est valable 30 minutes et pour une seule modification. Gardez-le pour vous : quiconque l’a peut modifier vos préférences.',
      'Si vous ne l’avez pas demandé, vous n’avez rien à faire. Rien ne change tant que personne n’ouvre le lien et n’enregistre.',
    ],
  }),
  'preferences-changed': (facts) => ({
    subject: `Vos préférences sont modifiées (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Vous avez modifié vos préférences sur ${facts.siteName} le ${date(facts.since)}. La modification est déjà en vigueur.`,
      ...chosenBlocks(facts, words, chosen),
      'Pour les modifier encore, demandez un nouveau lien :',
      { link: facts.preferencesUrl ?? '', words: 'Mes préférences' },
      'Si ce n’était pas vous, répondez tout de suite à ce message. Une personne le lira.',
      change(facts),
    ],
  }),
  'community-changed': (facts) => ({
    subject: `Une de vos communautés : ses images dans notre publicité (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.chosenBy} gère une communauté avec vous et a modifié, le ${date(facts.since)}, ce que ${facts.siteName} peut utiliser de ses images. La modification est déjà en vigueur.`,
      ...chosenBlocks(facts, words, chosen),
      'Chaque gestionnaire peut la modifier à tout moment. Demandez un lien vers vos préférences :',
      { link: facts.preferencesUrl ?? '', words: 'Mes préférences' },
      'Si vous pensez que c’est une erreur, répondez à ce message. Une personne le lira.',
      change(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `Un membre dit : ce n’était pas moi (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Quelqu’un a écrit à ${facts.siteName} au nom d’un membre, et celui-ci dit que ce n’était pas lui. La suspension de cette demande est levée, sauf là où un autre membre a demandé par le même message ; les autres demandes gardent la leur.`,
      ...atDesk(facts, 'Ouvrir la demande au bureau'),
      number(facts),
    ],
  }),
  'notice-paused': (facts) => ({
    subject: `Un avis a été suspendu (${facts.requestId})`,
    blocks: [
      `Un avis de ${facts.siteName} à ses membres a été suspendu le ${date(facts.since)}, car trop de ses messages sont revenus ou ont été signalés comme indésirables. Voici ce qui a été constaté :`,
      ...written(facts),
      'Aucun autre membre ne recevra de message tant qu’un responsable n’aura pas repris ou annulé l’avis. Avant de le reprendre, examinez les adresses dont les messages sont revenus, ainsi que le texte.',
      ...noticeAtDesk(facts, 'Ouvrir l’avis au bureau'),
    ],
  }),
  digest,
  recall,
};

const hello = ({ name }: LetterFacts) => (name ? `Bonjour ${name},` : 'Bonjour,');
const date = (at: string) => longDate(at, 'fr');
const number = ({ requestId }: LetterFacts) => `Votre demande porte le numéro ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy ? `Vous aurez une réponse le ${date(decideBy)} au plus tard.` : 'Vous aurez une réponse dès que possible.';
const reply = (facts: LetterFacts) =>
  facts.onPaper
    ? `écrivez-nous${ourAddresses(facts, 'fr', 'à')} en indiquant le numéro de votre demande`
    : 'répondez à ce message';
const covered = (facts: LetterFacts) => coveredLines(facts, words);
const words: CoveredWords = {
  profile: 'les images de votre page de profil, y compris votre photo',
  community: (id) => `l’image d’en-tête et les pages de la communauté ${id}`,
  header: (id) => `l’image d’en-tête de la communauté ${id}`,
  pages: (id) => `les pages de la communauté ${id}`,
  offers: 'les messages publicitaires qui vous sont adressés',
};
const chosen = { off: 'Désormais, nous n’utilisons et n’envoyons plus ceci :', on: 'Ceci est de nouveau permis :' };
const change = (facts: LetterFacts) => `Cette modification porte le numéro ${facts.requestId}.`;
