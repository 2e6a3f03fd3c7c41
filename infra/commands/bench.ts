import { clearance } from '../../test/bench/clearance.ts';
import { coldStart } from '../../test/bench/cold-start.ts';
import { desk } from '../../test/bench/desk.ts';
import { endToEnd } from '../../test/bench/end-to-end.ts';
import { type Figure, reaches } from '../../test/bench/figures.ts';
import { memory } from '../../test/bench/memory.ts';
import { notices } from '../../test/bench/notices.ts';
import { scans } from '../../test/bench/scans.ts';
import { start } from '../../test/bench/start.ts';
import { triage } from '../../test/bench/triage.ts';

/**
 * `npm run bench [-- NAME…]`, or `npm run bench -- triage FOLDER…`: measures, and prints a table of ratios. Exit 1 when
 * a mark is missed.
 */
const benches: Record<string, (folders?: string[]) => Promise<Figure[]>> = {
  'end-to-end': () => endToEnd(),
  memory,
  'cold-start': coldStart,
  start,
  desk,
  clearance,
  scans,
  notices,
  triage,
};

const [first, ...folders] = process.argv.slice(2);
const asked = first === 'triage' ? [first] : process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}": use ${Object.keys(benches).join(', ')}, or none for all of them.`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(benches))
  figures.push(...(await benches[name]!(first === 'triage' ? folders : [])));

console.log('| figure | ours | against | ratio | mark |\n| --- | --- | --- | --- | --- |');
for (const figure of figures) {
  const mark = figure.mark ? ('least' in figure.mark ? `≥ ${figure.mark.least}` : `≤ ${figure.mark.most}`) : '';
  const reached = reaches(figure) === false ? ' missed' : '';
  console.log(
    `| ${figure.what} | ${figure.ours} | ${figure.yardstick} | ${figure.ratio?.toFixed(2) ?? ''} | ${mark}${reached} |`,
  );
}
process.exit(figures.some((figure) => reaches(figure) === false) ? 1 : 0);
