import { longDate } from './dates.ts';
import type { Block, Letter, LetterFacts, RecallFacts } from './letter.ts';

/**
 * What the contact of a campaign is told, once a day while something is open: ids as the campaign asked for them, and no
 * name of anybody. Those who plan campaigns work in English, as the desk does, so no locale has its own.
 */
export function recall({ recall: found = nothing, deskUrl = '', siteName }: LetterFacts): Letter {
  const { campaign, count, released, first } = found;
  const images = count === 1 ? 'one thing' : `${count} things`;
  return {
    subject: `Take down from “${campaign}”: ${images}`,
    blocks: [
      `Images were cleared for the campaign “${campaign}” of ${siteName}, and those whose they are have asked since then not to be used. Please take these out of whatever still shows them, and use them in nothing new:`,
      first.map(lineOf),
      ...(count > first.length ? ['The others are on the desk.'] : []),
      ...releasedBlocks(released),
      'When it is done, mark it at the desk: until then this mail comes once a day. Whoever has no account there can ask a colleague in marketing.',
      { link: `${deskUrl}/recalls`, words: 'Open the recalls at the desk' },
    ],
  };
}

const lineOf = ({ subject, scope, since, isNew }: RecallFacts['first'][number]): string =>
  `${subject}: ${scopes[scope] ?? scope}, asked for on ${longDate(since, 'en')}${isNew ? ' (new)' : ''}`;

const scopes: Record<string, string> = {
  'profile-images': 'images of the profile page',
  'header-graphic': 'header graphic',
  pages: 'pages',
};

const releasedBlocks = (released: number): Block[] =>
  released === 0
    ? []
    : [`${released === 1 ? 'One other' : `${released} others`} may be used again; ask for clearance before you do.`];

const nothing: RecallFacts = { campaign: '', count: 0, released: 0, first: [] };
