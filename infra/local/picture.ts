import { edgesOf } from './picture-edges.ts';
import { nodesOf } from './picture-nodes.ts';
import type { Plan } from './plan.ts';

/** The path of a mail, from SES receiving to the answer, in the order in which it passes. */
export interface Picture {
  nodes: PictureNode[];
  edges: PictureEdge[];
}

export interface PictureNode {
  /** The construct path in kebab-case, without the stack: `records-opt-outs`. */
  id: string;
  kind: Kind;
  /** What AWS calls it: `DynamoDB table`. */
  service: string;
  /** What the constructs call it: `opt-outs`. */
  name: string;
  /** Resources that calls name; those below one of them (an object, an index) belong to the node too. */
  arns: string[];
  /** Who it is when it makes calls itself: a function's name or a service principal. */
  caller?: string;
}

export type Kind =
  | 'person'
  | 'receiving'
  | 'bucket'
  | 'topic'
  | 'queue'
  | 'dead-letters'
  | 'function'
  | 'table'
  | 'secret'
  | 'sending';

export interface PictureEdge {
  from: string;
  to: string;
  /** What `from` does with `to`: `stores in`, `reads and writes`. */
  verb: string;
  /** The mail, or what was made of it, goes on along it; the others are what a function uses on the way. */
  onward: boolean;
}

/** Reads the path out of the plan: whatever the receipt rules lead to, and what the functions on the way may use. */
export function drawPath(plan: Plan): Picture {
  const all = nodesOf(plan);
  const edges = edgesOf(plan, all);
  const start = all.filter(({ kind }) => kind === 'receiving').map(({ id }) => id);
  const stations = passage(reach(start, edges), edges);
  const order = new Set([...stations, ...stations.flatMap((id) => usedBy(id, edges))]);
  const place = new Map([...order].map((id, index) => [id, index]));
  const at = (id: string) => place.get(id)!;
  return {
    nodes: all.filter(({ id }) => place.has(id)).sort((a, b) => at(a.id) - at(b.id)),
    edges: edges
      .filter(({ from, to }) => place.has(from) && place.has(to))
      .sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to)),
  };
}

/** The nodes on the way, and those that lead to the start. What a function sends to a queue of its own goes nowhere else. */
function reach(start: string[], edges: PictureEdge[]): Set<string> {
  const invoked = (queue: string, by: string) => edges.some(({ from, to }) => from === queue && to === by);
  const onward = edges.filter(({ onward, verb, from, to }) => onward && !(verb === 'sends to' && invoked(to, from)));
  const before = onward.filter(({ to }) => start.includes(to)).map(({ from }) => from);
  const found = new Set([...before, ...start]);
  for (const id of found) for (const edge of onward) if (edge.from === id) found.add(edge.to);
  return found;
}

/**
 * Each node after all that lead to it, a branch to its end before the next one, the shortest branches (one node) first.
 * Ties and circles are broken by name, never by the order of the template, so that the picture changes only when the
 * system does.
 */
function passage(reached: Set<string>, edges: PictureEdge[]): string[] {
  const placed: string[] = [];
  const onward = edges.filter((edge) => edge.onward && reached.has(edge.from) && edge.from !== edge.to);
  const latest = (id: string) =>
    Math.max(-1, ...onward.filter(({ to }) => to === id).map((e) => placed.indexOf(e.from)));
  const goesOn = (id: string) => Number(onward.some(({ from }) => from === id));
  for (const left = new Set([...reached].sort()); left.size > 0; left.delete(placed.at(-1)!)) {
    const free = [...left].filter((id) => !onward.some(({ from, to }) => to === id && left.has(from)));
    const [next] = (free.length > 0 ? free : [...left]).sort(
      (a, b) => latest(b) - latest(a) || goesOn(a) - goesOn(b) || (a < b ? -1 : 1),
    );
    placed.push(next!);
  }
  return placed;
}

function usedBy(id: string, edges: PictureEdge[]): string[] {
  const used = edges.filter(({ from, onward }) => from === id && !onward);
  return used.map(({ to }) => to).sort();
}
