import { longDate } from './dates.ts';
import type { LetterFacts, Letters } from './letter.ts';

export const en: Letters = {
  granted: (facts) => ({
    subject: `Done: your images are out of our marketing (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You asked ${facts.siteName} in writing not to use your images in marketing. That has been in effect since ${date(facts.since)}. It covers:`,
      covered(facts),
      'You need not do anything. If it should cover less, or if you want to take it back, answer this mail and say so. A person will read it.',
      number(facts),
    ],
  }),
  'already-in-effect': (facts) => ({
    subject: `Your images are already out of our marketing (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You asked ${facts.siteName} in writing not to use your images in marketing. This was in effect already, and it stays so. It covers:`,
      covered(facts),
      'You need not do anything. If it should cover less, or if you want to take it back, answer this mail and say so.',
      number(facts),
    ],
  }),
  confirm: (facts) => ({
    subject: `Please confirm: your images in our marketing (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Somebody asked ${facts.siteName} in your name not to use your images in marketing. We could not be certain that it was you. To be safe, we have not used these since ${date(facts.since)}:`,
      covered(facts),
      'Please tell us whether it was you. The page behind this link asks you once more before anything changes:',
      { link: facts.confirmUrl ?? '', words: 'Yes, that was me – or no, it was not' },
      'If we hear nothing within 7 days, a person looks at the request. Until then your images stay unused.',
      number(facts),
    ],
  }),
  'which-profile': (facts) => ({
    subject: `Which profile is yours? (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You asked ${facts.siteName} in writing not to use your images in marketing. We found no profile with your mail address.`,
      'Please answer this mail and tell us the address of your profile page, your user name, or the mail address that you registered with.',
      decision(facts),
      number(facts),
    ],
  }),
  received: (facts) => ({
    subject: `We have your request (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} has received what you wrote. A person will read it.`,
      decision(facts),
      number(facts),
    ],
  }),
  unsubscribed: (facts) => ({
    subject: `No more marketing mail (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} will not send you any more marketing mail. Mail that you need, such as notices about your privacy, still reaches you.`,
      number(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `A member says: that was not me (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Somebody wrote to ${facts.siteName} in a member’s name, and the member says that it was not them. The hold of this request is released, except where another member asked by the same mail; other requests keep theirs.`,
      number(facts),
    ],
  }),
};

const hello = ({ name }: LetterFacts) => (name ? `Hello ${name},` : 'Hello,');
const date = (at: string) => longDate(at, 'en');
const number = ({ requestId }: LetterFacts) => `Your request has the number ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy
    ? `You will have an answer by ${date(decideBy)} at the latest.`
    : 'You will have an answer as soon as we can.';
const covered = ({ communities }: LetterFacts) => [
  'images of your profile page, including your photograph',
  ...communities.map((community) => `the header graphic and the pages of the community ${community}`),
];
