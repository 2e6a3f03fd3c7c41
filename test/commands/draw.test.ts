import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mermaid } from '../../infra/commands/draw.ts';
import { promisesTable } from '../../infra/commands/draw-promises.ts';
import { drawnIn, withDrawn } from '../../infra/commands/drawn.ts';
import { planTemplate, type Template } from '../../infra/local/template.ts';
import { promises } from '../../shared/promises.ts';
import { templateOf } from '../infra/stage-template.ts';

const { template } = templateOf('local') as unknown as { template: Template };
const drawn = mermaid(planTemplate(template, '/nowhere', { aws: 'http://127.0.0.1', http: 'http://127.0.0.1' }));
const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test('the picture in README.md is the path of the template; after a change of the path, run: npm run draw', () => {
  expect(drawnIn(readme, 'picture')).toBe(drawn);
});

test('the promises in README.md are those of shared/promises.ts; after a change of them, run: npm run draw', () => {
  expect(drawnIn(readme, 'promises')).toBe(promisesTable(promises));
});

test('drawing again changes nothing, and nothing but what stands between the markers', () => {
  const again = withDrawn(readme, 'promises', promisesTable(promises));
  expect(again).toBe(readme);
  expect(withDrawn(again, 'picture', 'x')).toBe(readme.replace(drawnIn(readme, 'picture'), 'x'));
});

test('every line of the picture joins two nodes that it declares', () => {
  const declared = [...drawn.matchAll(/^ {2}(\w+)[[({>]/gm)].map(([, id]) => id);
  const joined = [...drawn.matchAll(/^ {2}(\w+) -\.?->\|[^|]+\| (\w+)$/gm)].flatMap(([, from, to]) => [from, to]);
  expect(joined.length).toBeGreaterThan(20);
  expect(declared).toEqual(expect.arrayContaining(joined));
});

test('a README without the markers is answered with the lines to add', () => {
  expect(() => drawnIn('# In Writing', 'promises')).toThrow('<!-- promises:start -->');
});
