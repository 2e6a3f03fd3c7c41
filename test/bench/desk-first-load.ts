import type { CDPSession } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { people, signInOn } from '../desk.ts';
import type { LocalStack } from '../local-stack.ts';
import type { Figure } from './figures.ts';

const mostKb = 60;

/** What a browser with an empty cache fetches for a page of the desk: page, style and scripts, in bytes on the wire. */
export async function firstLoad(stack: LocalStack, what: string, path: string): Promise<Figure> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await signInOn(page, stack, people.reviewer.name);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const fetched = countBytes(session);
    await page.goto(`${stack.addresses.http}/desk${path}`, { waitUntil: 'load' });
    const kb = fetched.reduce((sum, bytes) => sum + bytes, 0) / 1024;
    return {
      what: `desk, ${what}: first load with an empty cache, of the ${mostKb} KB allowed`,
      ours: `${kb.toFixed(1)} KB in ${fetched.length} files`,
      yardstick: `${mostKb} KB`,
      ratio: kb / mostKb,
      mark: { most: 1 },
    };
  } finally {
    await browser.close();
  }
}

/** Headers and bodies as they come, still compressed where they are. */
function countBytes(session: CDPSession): number[] {
  const fetched: number[] = [];
  session.on('Network.loadingFinished', ({ encodedDataLength }) => fetched.push(encodedDataLength));
  return fetched;
}
