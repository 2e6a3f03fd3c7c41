import type { PolicyPromise } from '../../shared/promises.ts';

/** The promises of the policy as a Markdown table: what keeps each of them, where, and what proves it. */
export const promisesTable = (promises: readonly PolicyPromise[]): string =>
  ['| promise in the policy | what keeps it | where | test |', '| --- | --- | --- | --- |', ...promises.map(row)].join(
    '\n',
  );

function row({ words, kept, modules, walks, outside }: PolicyPromise): string {
  const told = [kept, outside && `*Outside:* ${outside}`].filter((sentence) => sentence !== undefined).join(' ');
  return `| ${[short(words), told, files(modules), files(walks)].map(cell).join(' | ')} |`;
}

const files = (paths: string[]): string => paths.map((path) => `\`${path}\``).join(', ') || '–';

/** The whole sentence is in the policy; its beginning and its end are enough to find it. */
const short = (words: string): string => {
  const all = words.split(' ');
  return all.length <= most ? words : `${all.slice(0, most / 2).join(' ')} … ${all.slice(-most / 2).join(' ')}`;
};

const most = 24;

const cell = (text: string): string => text.replaceAll('|', '\\|');
