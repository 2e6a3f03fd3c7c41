import type { PreferencesWords, UnsubscribeWords } from './words.ts';

export const preferences: PreferencesWords = {
  ask: {
    title: 'Vos préférences',
    what: (siteName) =>
      `Voyez et modifiez ce que ${siteName} peut utiliser de vos images dans sa publicité, et si vous recevez des e-mails publicitaires.`,
    how: 'Indiquez une adresse e-mail de votre profil. Nous envoyons un lien à l’adresse principale de ce profil. Il est valable 30 minutes.',
    label: 'Adresse e-mail',
    button: 'Envoyez-moi le lien',
    wrong: 'Ce n’est pas une adresse e-mail. Écrivez-la comme nom@example.org.',
  },
  asked: {
    title: 'Regardez vos e-mails',
    paragraphs: (address) => [
      'Si cette adresse appartient à un profil, un lien est en route vers l’adresse principale de ce profil. Il est valable 30 minutes.',
      'Nous disons la même chose pour toute adresse, afin que personne n’apprenne ici qui est membre.',
      `Si rien n’arrive en quelques minutes, regardez dans les indésirables ou écrivez à ${address}.`,
    ],
  },
  tooMany: {
    title: 'Réessayez dans une heure',
    paragraphs: (address) => [
      'Beaucoup de liens ont été demandés depuis votre connexion ; nous n’en envoyons plus pour le moment.',
      `Si cela ne peut pas attendre, écrivez à ${address}.`,
    ],
  },
  choose: {
    title: 'Vos préférences',
    what: 'Choisissez, puis enregistrez à la fin. Rien ne change avant cela.',
    others: 'Les autres gestionnaires d’une communauté sont informés d’une modification.',
    means: {
      'profile-images': (siteName) =>
        `Si ${siteName} peut montrer des images de votre page de profil, y compris votre photo, sur son propre site et dans d’autres publicités.`,
      'header-graphic': (siteName) =>
        `Si ${siteName} peut montrer l’image d’en-tête de cette communauté dans sa publicité.`,
      pages: (siteName) => `Si ${siteName} peut montrer des images des pages de cette communauté dans sa publicité.`,
      'marketing-email': (siteName) =>
        `Des offres de ${siteName} et de ses partenaires. Les messages dont vous avez besoin, comme ceux sur la protection de vos données, vous parviennent de toute façon.`,
    },
    now: 'Actuellement :',
    allow: 'Utilisation permise dans la publicité',
    block: 'Pas dans la publicité',
    hold: 'Laisser ainsi, jusqu’à la décision sur la demande en cours',
    mailOn: 'M’envoyer des e-mails publicitaires',
    mailOff: 'Pas d’e-mails publicitaires',
    mailNow: 'Vous recevez des e-mails publicitaires',
    mailSince: (since) => `Pas d’e-mails publicitaires, depuis le ${since}`,
    save: 'Enregistrer',
    once: 'Ce que vous enregistrez vaut aussitôt, et un e-mail à votre adresse principale dit ce qui a changé. Le lien vaut pour une seule modification.',
  },
  same: 'Rien n’a été modifié : tout était déjà ainsi. Vous pouvez encore choisir.',
  saved: {
    title: 'C’est enregistré',
    text: 'Votre choix est en vigueur. Un e-mail à votre adresse principale dit ce qui a changé.',
    again: 'Ce lien a servi. Pour modifier autre chose, faites-en envoyer un nouveau.',
    button: 'Envoyez-moi un nouveau lien',
  },
  sentAgain: {
    title: 'Regardez vos e-mails',
    paragraphs: () => [
      'Un nouveau lien est en route vers l’adresse principale de votre profil. Il est valable 30 minutes.',
    ],
  },
  used: {
    title: 'Ce lien a déjà servi',
    paragraphs: (address) => [
      'Un choix a été enregistré avec ce lien, et il ne vaut que pour un seul. Rien n’a été modifié à l’instant.',
      `Si ce n’est pas vous qui avez enregistré un choix, écrivez à ${address}.`,
    ],
  },
  unknown: {
    title: 'Ce lien ne fonctionne pas',
    paragraphs: (address) => [
      'Il est peut-être incomplet, ou vieux de plus de 30 minutes. Rien n’a été modifié.',
      `Demandez un nouveau lien, ou écrivez à ${address}.`,
    ],
  },
  notUnderstood: {
    title: 'Votre choix ne nous est pas parvenu',
    paragraphs: (address) => [
      'Rien n’a été modifié. Ouvrez de nouveau le lien de notre e-mail, choisissez et enregistrez.',
      `Si cela n’aide pas, écrivez à ${address}.`,
    ],
  },
  newLink: 'Demander un nouveau lien',
};

export const unsubscribe: UnsubscribeWords = {
  ask: {
    title: 'Plus d’e-mails publicitaires ?',
    what: (siteName) =>
      `Appuyez sur le bouton, et ${siteName} ne vous envoie plus d’offres ni d’autres e-mails publicitaires.`,
    keeps:
      'Les messages dont vous avez besoin, comme ceux sur la protection de vos données, vous parviennent toujours.',
    button: 'Arrêter les e-mails publicitaires',
  },
  done: {
    title: 'Vous ne recevez plus d’e-mails publicitaires',
    text: 'C’est en vigueur dès maintenant. Ce qui a été envoyé avant peut encore arriver.',
    more: 'Pour revenir en arrière, ou pour choisir ce qui peut être utilisé de vos images :',
    link: 'Vos préférences',
  },
  unknown: {
    title: 'Ce lien ne fonctionne pas',
    paragraphs: (address) => [
      'Il est peut-être incomplet. Rien n’a été modifié.',
      `Envoyez un message vide à ${address} depuis l’adresse qui reçoit les offres, et elles cessent.`,
    ],
  },
  notUnderstood: {
    title: 'Rien n’a été modifié',
    paragraphs: (address) => [
      'Ouvrez de nouveau le lien et appuyez sur le bouton.',
      `Si cela n’aide pas, envoyez un message vide à ${address} depuis l’adresse qui reçoit les offres, et elles cessent.`,
    ],
  },
};
