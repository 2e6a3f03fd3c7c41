import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A Chromium that came with npm, with the libraries and fonts that it needs, since a machine may have none of its own.
 * It runs in one process, and closing a page of it can end it: take one browser for each page.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const archives = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
  const libraries = await inflate(join(archives, 'al2023.tar.br'));
  const fonts = await inflate(join(archives, 'fonts.tar.br'));
  return playwright.launch({
    executablePath,
    args: chromium.args.filter((flag) => !unsafeFlags.includes(flag)),
    env: { ...process.env, LD_LIBRARY_PATH: join(libraries, 'lib'), FONTCONFIG_PATH: fonts },
  });
}

/** These would switch off what the tests of the page's security look at. */
const unsafeFlags = ['--disable-web-security', '--allow-running-insecure-content'];
