import { Progress } from './messages.tsx';

export interface WorkUnderWayProps {
  /** Where the work is looked at; `/standing` below it answers with how far it is. */
  path: string;
  words: string;
  done: number;
  /** Zero while it is not known. */
  total: number;
}

/** How far long work has come, asked for every second as long as the page is open. */
export function WorkUnderWay({ path, words, done, total }: WorkUnderWayProps) {
  return (
    <div
      id="standing"
      class="stack"
      hx-get={`${path}/standing`}
      hx-trigger="every 1s"
      hx-swap="outerMorph"
      // A failure now and then is no reason to stop asking; that a sign-in has ended is.
      {...{ 'hx-status:5xx': 'swap:none' }}
    >
      <Progress words={words} done={done} of={total || undefined} />
      <p class="hint">
        You may leave this page and come back. <a href={path}>Look again</a>
      </p>
    </div>
  );
}
