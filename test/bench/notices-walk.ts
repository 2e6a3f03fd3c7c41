import { messageOf, start } from './child.ts';
import { type Figure, median } from './figures.ts';
import type { Walked } from './notices-walker.ts';

const few = 10_000;
const many = 100_000;
/** The small directory is walked this often, since its figure is the yardstick. */
const rounds = 3;

/**
 * The audience walk with its deliveries and messages, at two sizes of the directory: what a member costs and what
 * memory is needed must not grow with it.
 */
export async function walkNotices(): Promise<Figure[]> {
  const small: Walked[] = [];
  for (let round = 0; round < rounds; round += 1) small.push(await measure(few));
  const large = await measure(many);
  // CPU time, since a machine that is busy otherwise makes the longer walk slower than the short ones.
  const perMember = ({ cpuSeconds, members }: Walked) => (1000 * cpuSeconds) / members;
  const usual = median(small.map(perMember));
  const speed = (walks: Walked[]) => Math.round(median(walks.map(({ members, walkSeconds }) => members / walkSeconds)));
  const [inSmall, inLarge] = [few, many].map((members) => members.toLocaleString('en'));
  const words = (milliseconds: number, walks: Walked[]) =>
    `${milliseconds.toFixed(2)} ms (${speed(walks).toLocaleString('en')} members/s)`;
  const smallPeak = median(small.map(({ peakMb }) => peakMb));
  const counts = (walked: Walked) => (1000 * walked.countSeconds) / walked.members;
  return [
    {
      what: `notices, audience walk and queueing: CPU time a member with ${inLarge} against ${inSmall} members`,
      ours: words(perMember(large), [large]),
      yardstick: words(usual, small),
      ratio: perMember(large) / usual,
      mark: { most: 1.2 },
    },
    {
      what: `notices, peak memory of the walk with ${inLarge} against ${inSmall} members`,
      ours: `${large.peakMb.toFixed(0)} MB (${large.baseMb.toFixed(0)} before)`,
      yardstick: `${smallPeak.toFixed(0)} MB`,
      ratio: large.peakMb / smallPeak,
      mark: { most: 1.2 },
    },
    {
      what: `notices, count of the deliveries: time a member with ${inLarge} against ${inSmall} members`,
      ours: `${counts(large).toFixed(3)} ms`,
      yardstick: `${median(small.map(counts)).toFixed(3)} ms`,
      ratio: counts(large) / median(small.map(counts)),
    },
  ];
}

async function measure(members: number): Promise<Walked> {
  const services = start('notices-services.ts', [`${members}`]);
  try {
    const environment = await messageOf<Record<string, string>>(services);
    // The heap that V8 takes in the 512 MB of its function; on a big machine it would not collect its garbage.
    const heap = { NODE_OPTIONS: '--max-old-space-size=256' };
    const walked = await messageOf<Walked>(start('notices-walker.ts', [], { ...environment, ...heap }));
    if (walked.members !== members) throw new Error(`${walked.members} of ${members} members were told.`);
    return walked;
  } finally {
    services.kill();
  }
}
