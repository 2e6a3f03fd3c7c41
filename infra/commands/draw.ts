import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promises } from '../../shared/promises.ts';
import { assemble } from '../local/assemble.ts';
import { drawPath, type Kind, type PictureEdge, type PictureNode } from '../local/picture.ts';
import type { Plan } from '../local/plan.ts';
import { planTemplate, readTemplate } from '../local/template.ts';
import { promisesTable } from './draw-promises.ts';
import { type Drawing, drawnIn, withDrawn } from './drawn.ts';

/** The path of a mail as a Mermaid flowchart, in the fence that GitHub draws. */
export function mermaid(plan: Plan): string {
  const { nodes, edges } = drawPath(plan);
  const lines = ['flowchart TB', ...nodes.map(nodeLine), ...edges.map(edgeLine)];
  return ['```mermaid', ...lines.map((line, index) => (index === 0 ? line : `  ${line}`)), '```'].join('\n');
}

/** What a kind looks like: the brackets around its label. */
const shapes: Record<Kind, [string, string]> = {
  person: ['([', '])'],
  receiving: ['>', ']'],
  bucket: ['[(', ')]'],
  topic: ['{{', '}}'],
  queue: ['[[', ']]'],
  'dead-letters': ['[[', ']]'],
  function: ['[', ']'],
  table: ['[(', ')]'],
  secret: ['(', ')'],
  sending: ['>', ']'],
};

function nodeLine({ id, kind, name, service }: PictureNode): string {
  const [open, close] = shapes[kind];
  return `${word(id)}${open}"${name}<br>${service}"${close}`;
}

function edgeLine({ from, to, verb, onward }: PictureEdge): string {
  return `${word(from)} ${onward ? '-->' : '-.->'}|${verb}| ${word(to)}`;
}

/** Mermaid reads some hyphens and the word "end" as syntax. */
const word = (id: string) => id.replace(/[^a-z0-9]/gi, '_');

async function main(): Promise<void> {
  const { templateFile, assetsDir } = await assemble();
  const nowhere = { aws: 'http://127.0.0.1', http: 'http://127.0.0.1' };
  const picture = mermaid(planTemplate(readTemplate(templateFile), assetsDir, nowhere));
  draw(join(import.meta.dirname, '..', '..', 'README.md'), { picture, promises: promisesTable(promises) });
}

/** Puts each drawing into its place, and says which are new. */
function draw(file: string, drawings: Record<Drawing, string>): void {
  let readme = readFileSync(file, 'utf8');
  for (const [name, drawn] of Object.entries(drawings) as [Drawing, string][]) {
    const isNew = drawnIn(readme, name) !== drawn;
    readme = withDrawn(readme, name, drawn);
    console.log(`README.md: the ${words[name]} ${isNew ? 'is new' : 'is up to date'}.`);
  }
  writeFileSync(file, readme);
}

const words: Record<Drawing, string> = { picture: 'picture of the path', promises: 'table of promises' };

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
