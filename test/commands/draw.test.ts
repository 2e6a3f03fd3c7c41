import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mermaid, pictureIn } from '../../infra/commands/draw.ts';
import { planTemplate, type Template } from '../../infra/local/template.ts';
import { templateOf } from '../infra/stage-template.ts';

const { template } = templateOf('local') as unknown as { template: Template };
const drawn = mermaid(planTemplate(template, '/nowhere', { aws: 'http://127.0.0.1', http: 'http://127.0.0.1' }));
const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test('the picture in README.md is the path of the template; after a change of the path, run: npm run draw', () => {
  expect(pictureIn(readme)).toBe(drawn);
});

test('every line of the picture joins two nodes that it declares', () => {
  const declared = [...drawn.matchAll(/^ {2}(\w+)[[({>]/gm)].map(([, id]) => id);
  const joined = [...drawn.matchAll(/^ {2}(\w+) -\.?->\|[^|]+\| (\w+)$/gm)].flatMap(([, from, to]) => [from, to]);
  expect(joined.length).toBeGreaterThan(20);
  expect(declared).toEqual(expect.arrayContaining(joined));
});

test('a README without the markers is answered with the lines to add', () => {
  expect(() => pictureIn('# In Writing')).toThrow('<!-- picture:start -->');
});
