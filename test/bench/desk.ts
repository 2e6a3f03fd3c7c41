import { signIn } from '../desk.ts';
import { startLocalStack } from '../local-stack.ts';
import { firstLoad } from './desk-first-load.ts';
import { type Filled, fill } from './desk-requests.ts';
import { type Figure, median, percentile } from './figures.ts';

const few = 1_000;
const many = 100_000;
const warmUp = 30;
const rounds = 150;

/**
 * The pages that staff open all day, with 100,000 requests in the table against 1,000: two stacks side by side, asked in
 * turn, so that both see the same machine. Then what a browser fetches before it shows the queue for the first time.
 */
export async function desk(): Promise<Figure[]> {
  const small = await startLocalStack();
  const large = await startLocalStack();
  try {
    const sides = [await sideOf(small, few), await sideOf(large, many)];
    const figures = [];
    for (const page of pages) figures.push(await compare(page, sides));
    figures.push(await firstLoad(small, 'queue', ''));
    figures.push(await firstLoad(small, 'request', `/requests/${sides[0]!.filled.requestIds[0]}`));
    return figures;
  } finally {
    await small.stop();
    await large.stop();
  }
}

interface Side {
  ask(page: Page, round: number): Promise<void>;
  filled: Filled;
}

async function sideOf(stack: Awaited<ReturnType<typeof startLocalStack>>, requests: number): Promise<Side> {
  const filled = await fill(stack, requests);
  const reviewer = await signIn(stack, 'reviewer');
  const ask = async ({ path, shows }: Page, round: number) => {
    const asked = path(filled, round);
    const text = await (await reviewer(asked)).text();
    // An error and an empty page are quick, too.
    if (!text.includes(shows)) throw new Error(`/desk${asked} does not show "${shows}": ${text.slice(0, 500)}`);
  };
  return { ask, filled };
}

interface Page {
  what: string;
  path(filled: Filled, round: number): string;
  shows: string;
}

const row = 'href="/desk/requests/W-';

const pages: Page[] = [
  { what: 'queue', path: () => '', shows: row },
  { what: 'queue, held', path: () => '?tray=held', shows: row },
  {
    what: 'request',
    path: ({ requestIds }, round) => `/requests/${requestIds[round % requestIds.length]}`,
    shows: 'pictures of my profile',
  },
  { what: 'search by name', path: (_, round) => `/search?q=${encodeURIComponent(`Member ${round % 20}`)}`, shows: row },
  {
    what: 'search by address',
    path: (_, round) => `/search?q=${encodeURIComponent(`member-${round % 20}@example.org`)}`,
    shows: row,
  },
];

async function compare(page: Page, sides: Side[]): Promise<Figure> {
  const times: number[][] = sides.map(() => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [side, { ask }] of sides.entries()) {
      const began = performance.now();
      await ask(page, Math.abs(round));
      if (round >= 0) times[side]!.push(performance.now() - began);
    }
  }
  const [smallTimes, largeTimes] = times as [number[], number[]];
  const words = (all: number[]) => `${median(all).toFixed(1)} ms (p95 ${percentile(all, 95).toFixed(1)})`;
  return {
    what: `desk, ${page.what}: server time with ${many.toLocaleString('en')} requests against ${few.toLocaleString('en')}, median of ${rounds}`,
    ours: words(largeTimes),
    yardstick: words(smallTimes),
    ratio: median(largeTimes) / median(smallTimes),
    mark: { most: 1.2 },
  };
}
