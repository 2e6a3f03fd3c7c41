import { preferences, unsubscribe } from './links-en.ts';
import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',
  images: {
    'profile-images': () => 'Images of your profile page, including your photograph',
    'header-graphic': (community) => `Header graphic of the community ${community}`,
    pages: (community) => `Pages of the community ${community}`,
    'marketing-email': () => 'Marketing mail',
  },
  states: {
    blocked: (since) => `Not used in marketing, since ${since}`,
    hold: (since) => `Not used in marketing while a request is open, since ${since}`,
    clear: () => 'May be used in marketing',
  },
  labels: {
    member: 'Member',
    covers: 'What it covers',
    now: 'In effect now',
    since: 'Not used since',
    request: 'Request number',
  },
  yes: 'Yes, that was me',
  no: 'No, that was not me',
  question: {
    title: 'Did you ask us this?',
    what: (siteName, date) =>
      `On ${date}, ${siteName} received an e-mail that asks us, in your name, not to use your images in marketing.`,
    doubt: 'We could not be certain that you wrote it. To be safe, we have not used these images since then.',
    ask: 'Was that you?',
    afterYes: 'Your images stay out of our marketing until you change that. You get an e-mail that says so.',
    afterNo:
      'We drop this request, and our staff are told that somebody wrote in your name. Other requests of yours still count.',
    nothingYet: 'Nothing changes until you press one of the two. Your first answer counts.',
    silence: (date) =>
      `If you do not answer by ${date}, a person looks at the request. Until then, these images stay unused.`,
  },
  saidYes: {
    title: 'Thank you. Your images stay out of our marketing.',
    text: 'You told us that this request was yours.',
    undo: (address) =>
      `If you want to take it back, or if it should cover less, write to ${address} and give the request number.`,
  },
  saidNo: {
    title: 'Thank you. We have dropped this request.',
    text: 'You told us that this request was not yours. Our staff are told that somebody wrote in your name.',
    undo: (address) =>
      `If you do want your images out of our marketing, send an e-mail with the subject REMOVE FROM MARKETING MATERIALS to ${address}.`,
  },
  decided: {
    title: 'This request has been decided',
    text: 'A person decided it before you answered here, so there is nothing left to answer.',
    undo: (address) => `If you do not agree, write to ${address} and give the request number.`,
  },
  answered: {
    title: 'You have answered this already',
    before: (answer) => `You answered: “${answer}”. There is nothing left to do.`,
    firstCounts: (answer) =>
      `You had answered already: “${answer}”. The first answer counts, so nothing was changed just now.`,
  },
  unknown: {
    title: 'This link does not work',
    paragraphs: (address) => [
      'It may be incomplete, or more than 7 days old. Please try once more with the whole link from our e-mail.',
      `If that does not help, write to ${address}. Give the request number from the e-mail, if you have it.`,
      'When a link has become too old, a person decides the request. Until then, the images stay unused.',
    ],
  },
  notUnderstood: {
    title: 'We did not get your answer',
    paragraphs: (address) => [
      'Nothing has been changed. Please open the link from our e-mail again and press one of the two buttons.',
      `If that does not help, write to ${address} and give the request number from the e-mail.`,
    ],
  },
  unavailable: {
    title: 'Please try again in a few minutes',
    paragraphs: (address) => [
      'We could not do that just now. It is not your doing.',
      'Please open the link from our e-mail again. Answering twice does no harm.',
      `If it still does not work later, write to ${address} and give the request number from the e-mail.`,
    ],
  },
  preferences,
  unsubscribe,
};
