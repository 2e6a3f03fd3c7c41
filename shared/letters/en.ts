import { longDate } from './dates.ts';
import type { LetterFacts, Letters } from './letter.ts';

export const en: Letters = {
  granted: (facts) => ({
    subject: `Done: your images are out of our marketing (${facts.requestId})`,
    blocks: [
      `Hello ${facts.name},`,
      `you asked ${facts.siteName} in writing not to use your images in marketing. That has been in effect since ${longDate(facts.since, 'en')}. It covers:`,
      covered(facts),
      'You need not do anything. If you want it to cover less, or want to take it back, answer this mail and say so; a person will read it.',
      `Your request has the number ${facts.requestId}.`,
    ],
  }),
  held: (facts) => ({
    subject: `We have stopped using your images for now (${facts.requestId})`,
    blocks: [
      `Hello ${facts.name},`,
      `somebody asked ${facts.siteName} in your name not to use your images in marketing, but we could not be certain that the mail came from you. To be safe, we have not used these since ${longDate(facts.since, 'en')}:`,
      covered(facts),
      'A person will look at the request. If it was you, answer this mail and say so. If it was not you, answer and say that.',
      `The request has the number ${facts.requestId}.`,
    ],
  }),
};

const covered = ({ communities }: LetterFacts): string[] => [
  'images of your member profile, your photograph included',
  ...communities.map((community) => `the header graphic and the pages of the community ${community}`),
];
