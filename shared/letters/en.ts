import { atDesk, type CoveredWords, chosenBlocks, coveredLines, noticeAtDesk, written } from './covered.ts';
import { longDate } from './dates.ts';
import { digest } from './digest.ts';
import type { LetterFacts, Letters } from './letter.ts';
import { ourAddresses } from './our-addresses.ts';
import { recall } from './recall.ts';

export const en: Letters = {
  granted: (facts) => ({
    subject: `Done: your images are out of our marketing (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You asked ${facts.siteName} in writing not to use your images in marketing. That has been in effect since ${date(facts.since)}. It covers:`,
      covered(facts),
      `You need not do anything. If it should cover less, or if you want to take it back, ${reply(facts)}. A person will read it.`,
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
  declined: (facts) => ({
    subject: `About your request (${facts.requestId})`,
    blocks: [
      hello(facts),
      `A person at ${facts.siteName} has read what you wrote, and could not do what it seems to ask for. They write:`,
      ...written(facts),
      `If you see it differently, or can tell us more, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  withdrawn: (facts) => ({
    subject: `Your request is closed (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You told ${facts.siteName} that you take your request back, so it is closed. It keeps none of your images out of our marketing any more; other requests of yours stay in effect.`,
      ...written(facts),
      `If that was not you, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  question: (facts) => ({
    subject: `A question about your request (${facts.requestId})`,
    blocks: [
      hello(facts),
      `A person at ${facts.siteName} has read your request and asks:`,
      ...written(facts),
      `Please ${answer(facts)}. ${facts.covers?.length ? 'Until then your request waits, and images that we hold back for it stay unused.' : 'Until then your request waits.'}`,
      number(facts),
    ],
  }),
  'preferences-link': (facts) => ({
    subject: `Your preferences at ${facts.siteName}`,
    blocks: [
      hello(facts),
      `Behind this link you see and change what ${facts.siteName} may use of your images in marketing, and whether you get marketing mail:`,
      { link: facts.preferencesUrl ?? '', words: 'Open my preferences' },
      'The link is good for 30 minutes and for one change. Keep it to yourself: whoever has it can change your preferences.',
      'If you did not ask for it, you need not do anything. Nothing changes unless somebody opens the link and saves.',
    ],
  }),
  'preferences-changed': (facts) => ({
    subject: `Your preferences are changed (${facts.requestId})`,
    blocks: [
      hello(facts),
      `You changed your preferences at ${facts.siteName} on ${date(facts.since)}. The change is in effect already.`,
      ...chosenBlocks(facts, words, chosen),
      'To change it again, ask for a new link:',
      { link: facts.preferencesUrl ?? '', words: 'My preferences' },
      'If that was not you, answer this mail at once. A person will read it.',
      change(facts),
    ],
  }),
  'community-changed': (facts) => ({
    subject: `A community of yours: its images in our marketing (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.chosenBy} manages a community together with you, and changed on ${date(facts.since)} what ${facts.siteName} may use of its images. The change is in effect already.`,
      ...chosenBlocks(facts, words, chosen),
      'Each manager may change it at any time. Ask for a link to your preferences:',
      { link: facts.preferencesUrl ?? '', words: 'My preferences' },
      'If you think that this was a mistake, answer this mail. A person will read it.',
      change(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `A member says: that was not me (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Somebody wrote to ${facts.siteName} in a member’s name, and the member says that it was not them. The hold of this request is released, except where another member asked by the same mail; other requests keep theirs.`,
      ...atDesk(facts, 'Open the request at the desk'),
      number(facts),
    ],
  }),
  'notice-paused': (facts) => ({
    subject: `A notice was paused (${facts.requestId})`,
    blocks: [
      `A notice of ${facts.siteName} to its members was paused on ${date(facts.since)}, since too many of its mails came back or were reported as spam. This is what was found:`,
      ...written(facts),
      'No further member is written to until an officer resumes the notice or cancels it. Before you resume it, look at the addresses that bounced, and at the text.',
      ...noticeAtDesk(facts, 'Open the notice at the desk'),
    ],
  }),
  digest,
  recall,
};

const hello = ({ name }: LetterFacts) => (name ? `Hello ${name},` : 'Hello,');
const date = (at: string) => longDate(at, 'en');
const number = ({ requestId }: LetterFacts) => `Your request has the number ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy
    ? `You will have an answer by ${date(decideBy)} at the latest.`
    : 'You will have an answer as soon as we can.';
const answer = (facts: LetterFacts) =>
  facts.onPaper ? `write to us${ourAddresses(facts, 'en', 'at')}, with the number of your request` : 'answer this mail';
const reply = (facts: LetterFacts) => (facts.onPaper ? answer(facts) : 'answer this mail and say so');
const covered = (facts: LetterFacts) => coveredLines(facts, words);
const words: CoveredWords = {
  profile: 'images of your profile page, including your photograph',
  community: (id) => `the header graphic and the pages of the community ${id}`,
  header: (id) => `the header graphic of the community ${id}`,
  pages: (id) => `the pages of the community ${id}`,
  offers: 'marketing mail to you',
};
const chosen = { off: 'From now on we use or send these no more:', on: 'These are allowed again:' };
const change = (facts: LetterFacts) => `This change has the number ${facts.requestId}.`;
