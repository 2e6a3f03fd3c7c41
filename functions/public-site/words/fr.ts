import { preferences, unsubscribe } from './links-fr.ts';
import type { Words } from './words.ts';

export const fr: Words = {
  language: 'fr',
  images: {
    'profile-images': () => 'Images de votre page de profil, y compris votre photo',
    'header-graphic': (community) => `Image d’en-tête de la communauté ${community}`,
    pages: (community) => `Pages de la communauté ${community}`,
    'marketing-email': () => 'E-mails publicitaires',
  },
  states: {
    blocked: (since) => `Pas d’utilisation dans la publicité, depuis le ${since}`,
    hold: (since) => `Pas d’utilisation dans la publicité tant qu’une demande est ouverte, depuis le ${since}`,
    clear: () => 'Utilisation permise dans la publicité',
  },
  labels: {
    member: 'Membre',
    covers: 'Ce qui est concerné',
    now: 'Ce qui est en vigueur',
    since: 'Inutilisées depuis le',
    request: 'Numéro de la demande',
  },
  yes: 'Oui, c’était moi',
  no: 'Non, ce n’était pas moi',
  question: {
    title: 'Est-ce vous qui l’avez demandé ?',
    what: (siteName, date) =>
      `Le ${date}, ${siteName} a reçu un e-mail qui nous demande, en votre nom, de ne pas utiliser vos images dans notre publicité.`,
    doubt:
      'Nous n’avons pas pu nous assurer que vous l’aviez écrit. Par précaution, nous n’utilisons plus ces images depuis.',
    ask: 'Était-ce vous ?',
    afterYes:
      'Vos images restent exclues de notre publicité jusqu’à ce que vous en décidiez autrement. Un e-mail vous le confirme.',
    afterNo:
      'Nous abandonnons cette demande, et notre équipe apprend que quelqu’un a écrit en votre nom. Vos autres demandes restent valables.',
    nothingYet:
      'Rien ne change tant que vous n’avez pas choisi l’un des deux boutons. Seule votre première réponse compte.',
    silence: (date) =>
      `Sans réponse de votre part d’ici le ${date}, une personne examinera la demande. En attendant, ces images restent inutilisées.`,
  },
  saidYes: {
    title: 'Merci. Vos images restent exclues de notre publicité.',
    text: 'Vous nous avez dit que cette demande venait de vous.',
    undo: (address) =>
      `Pour revenir sur cette demande ou en limiter la portée, écrivez à ${address} en indiquant le numéro de la demande.`,
  },
  saidNo: {
    title: 'Merci. Nous avons abandonné cette demande.',
    text: 'Vous nous avez dit que cette demande ne venait pas de vous. Notre équipe apprend que quelqu’un a écrit en votre nom.',
    undo: (address) =>
      `Si vous souhaitez tout de même exclure vos images de notre publicité, envoyez un e-mail avec l’objet REMOVE FROM MARKETING MATERIALS à ${address}.`,
  },
  decided: {
    title: 'Cette demande a été tranchée',
    text: 'Une personne a décidé avant que vous ne répondiez ici. Il n’y a donc plus rien à répondre.',
    undo: (address) => `Si vous n’êtes pas d’accord, écrivez à ${address} en indiquant le numéro de la demande.`,
  },
  answered: {
    title: 'Vous avez déjà répondu',
    before: (answer) => `Votre réponse était : « ${answer} ». Il n’y a plus rien à faire.`,
    firstCounts: (answer) =>
      `Vous aviez déjà répondu : « ${answer} ». La première réponse compte, rien n’a donc été modifié à présent.`,
  },
  unknown: {
    title: 'Ce lien ne fonctionne pas',
    paragraphs: (address) => [
      'Il est peut-être incomplet, ou vieux de plus de 7 jours. Réessayez avec le lien entier de notre e-mail.',
      `Si cela ne suffit pas, écrivez à ${address}. Indiquez le numéro de la demande qui figure dans l’e-mail, si vous l’avez.`,
      'Lorsqu’un lien est trop ancien, une personne décide de la demande. En attendant, les images restent inutilisées.',
    ],
  },
  notUnderstood: {
    title: 'Nous n’avons pas reçu votre réponse',
    paragraphs: (address) => [
      'Rien n’a été modifié. Rouvrez le lien de notre e-mail et choisissez l’un des deux boutons.',
      `Si cela ne suffit pas, écrivez à ${address} en indiquant le numéro de la demande qui figure dans l’e-mail.`,
    ],
  },
  unavailable: {
    title: 'Réessayez dans quelques minutes',
    paragraphs: (address) => [
      'Ce n’était pas possible à l’instant. Vous n’y êtes pour rien.',
      'Rouvrez le lien de notre e-mail. Répondre deux fois ne pose aucun problème.',
      `Si cela ne fonctionne toujours pas plus tard, écrivez à ${address} en indiquant le numéro de la demande qui figure dans l’e-mail.`,
    ],
  },
  preferences,
  unsubscribe,
};
