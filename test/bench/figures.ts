/** One line of the table that `npm run bench` prints. Only the ratio says something about the code. */
export interface Figure {
  what: string;
  ours: string;
  yardstick: string;
  /** Ours against the yardstick, measured in the same run. */
  ratio?: number;
  /** What the ratio has to reach: at least, or at most. */
  mark?: { least: number } | { most: number };
}

export const reaches = ({ ratio, mark }: Figure): boolean | undefined =>
  mark && ratio !== undefined ? ('least' in mark ? ratio >= mark.least : ratio <= mark.most) : undefined;

/** Nearest-rank percentile of sorted or unsorted numbers. */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}

export const median = (values: number[]): number => percentile(values, 50);
