import type { PreferencesWords, UnsubscribeWords } from './words.ts';

export const preferences: PreferencesWords = {
  ask: {
    title: 'Your preferences',
    what: (siteName) =>
      `See and change what ${siteName} may use of your images in marketing, and whether you get marketing mail.`,
    how: 'Enter an e-mail address of your profile. We send a link to the primary address of that profile. It is good for 30 minutes.',
    label: 'E-mail address',
    button: 'Send me the link',
    wrong: 'This is no e-mail address. Write it as name@example.org.',
  },
  asked: {
    title: 'Look into your mail',
    paragraphs: (address) => [
      'If this address belongs to a profile, a link is on its way to the primary address of that profile. It is good for 30 minutes.',
      'We say the same for every address, so that nobody can find out here who is a member.',
      `If nothing comes within a few minutes, look into the spam folder, or write to ${address}.`,
    ],
  },
  tooMany: {
    title: 'Please try again in an hour',
    paragraphs: (address) => [
      'Many links were asked for from where you are, so no more are sent for now.',
      `If it cannot wait, write to ${address}.`,
    ],
  },
  choose: {
    title: 'Your preferences',
    what: 'Choose, then save at the end. Nothing changes until you save.',
    others: 'The other managers of a community are told of a change.',
    means: {
      'profile-images': (siteName) =>
        `Whether ${siteName} may show pictures of your profile page, including your photograph, on its own site and in other marketing materials.`,
      'header-graphic': (siteName) =>
        `Whether ${siteName} may show a picture of this community’s header graphic in its marketing materials.`,
      pages: (siteName) =>
        `Whether ${siteName} may show pictures of this community’s pages in its marketing materials.`,
      'marketing-email': (siteName) =>
        `Offers from ${siteName} and its partners. Mail that you need, such as notices about your privacy, reaches you either way.`,
    },
    now: 'Now:',
    allow: 'May be used in marketing',
    block: 'Not used in marketing',
    hold: 'Leave it as it is, until the open request is decided',
    mailOn: 'Send me marketing mail',
    mailOff: 'No marketing mail',
    mailNow: 'You get marketing mail',
    mailSince: (since) => `No marketing mail, since ${since}`,
    save: 'Save',
    once: 'What you save is in effect at once, and an e-mail to your primary address says what changed. The link works for one change.',
  },
  same: 'Nothing was changed: all of it was so already. You can still choose.',
  saved: {
    title: 'Saved',
    text: 'Your choice is in effect. An e-mail to your primary address says what changed.',
    again: 'This link is used up now. To change something else, have another one sent.',
    button: 'Send me a new link',
  },
  sentAgain: {
    title: 'Look into your mail',
    paragraphs: () => ['A new link is on its way to the primary address of your profile. It is good for 30 minutes.'],
  },
  used: {
    title: 'This link was used',
    paragraphs: (address) => [
      'A choice was saved by it, and it works for one. Nothing was changed just now.',
      `If it was not you who saved a choice, write to ${address}.`,
    ],
  },
  unknown: {
    title: 'This link does not work',
    paragraphs: (address) => [
      'It may be incomplete, or more than 30 minutes old. Nothing was changed.',
      `Ask for a new link, or write to ${address}.`,
    ],
  },
  notUnderstood: {
    title: 'We did not get your choice',
    paragraphs: (address) => [
      'Nothing was changed. Open the link from our e-mail again, choose, and save.',
      `If that does not help, write to ${address}.`,
    ],
  },
  newLink: 'Ask for a new link',
};

export const unsubscribe: UnsubscribeWords = {
  ask: {
    title: 'No more marketing mail?',
    what: (siteName) => `Press the button, and ${siteName} sends you no more offers and other marketing mail.`,
    keeps: 'Mail that you need, such as notices about your privacy, still reaches you.',
    button: 'Stop marketing mail',
  },
  done: {
    title: 'You get no more marketing mail',
    text: 'That is in effect now. What was sent before may still arrive.',
    more: 'To take it back, or to choose what may be used of your images:',
    link: 'Your preferences',
  },
  unknown: {
    title: 'This link does not work',
    paragraphs: (address) => [
      'It may be incomplete. Nothing was changed.',
      `Send an empty mail to ${address} from the address that gets the offers, and they stop.`,
    ],
  },
  notUnderstood: {
    title: 'Nothing was changed',
    paragraphs: (address) => [
      'Open the link again and press the button.',
      `If that does not help, send an empty mail to ${address} from the address that gets the offers, and they stop.`,
    ],
  },
};
