import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from '../local/assemble.ts';
import { drawPath, type Kind, type PictureEdge, type PictureNode } from '../local/picture.ts';
import type { Plan } from '../local/plan.ts';
import { planTemplate, readTemplate } from '../local/template.ts';

/** The path of a mail as a Mermaid flowchart, in the fence that GitHub draws. */
export function mermaid(plan: Plan): string {
  const { nodes, edges } = drawPath(plan);
  const lines = ['flowchart TB', ...nodes.map(nodeLine), ...edges.map(edgeLine)];
  return ['```mermaid', ...lines.map((line, index) => (index === 0 ? line : `  ${line}`)), '```'].join('\n');
}

/** The text between the markers. Throws a sentence when they are not there. */
export function pictureIn(readme: string): string {
  return split(readme).picture;
}

const startMarker = '<!-- picture:start -->';
const endMarker = '<!-- picture:end -->';

function split(readme: string): { before: string; picture: string; after: string } {
  const start = readme.indexOf(startMarker);
  const end = readme.indexOf(endMarker, start);
  if (start < 0 || end < 0) {
    throw new Error(`README.md has no place for the picture: add a line ${startMarker} and, below it, ${endMarker}.`);
  }
  const from = start + startMarker.length;
  return { before: readme.slice(0, from), picture: readme.slice(from, end).trim(), after: readme.slice(end) };
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
  writePicture(join(import.meta.dirname, '..', '..', 'README.md'), picture);
}

function writePicture(file: string, picture: string): void {
  const { before, picture: old, after } = split(readFileSync(file, 'utf8'));
  writeFileSync(file, `${before}\n\n${picture}\n\n${after}`);
  console.log(
    picture === old ? 'The picture in README.md is up to date.' : 'README.md has the new picture of the path.',
  );
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
