import type { ServerResponse } from 'node:http';
import type { Change, Changes } from './changes.ts';
import type { Trace, TraceEvent } from './trace.ts';

type FeedEvent = TraceEvent | (Change & { kind: 'change' }) | { kind: 'skipped'; count: number };

/** Events that wait at most; of a flood (a bench, an import) the page gets the end and the number of the others. */
const most = 500;
const flushMs = 40;
const heartbeatMs = 15_000;

/** Server-sent events: every message is a JSON list of what passed since the last one, oldest first. */
export function streamFeed({ trace, changes }: { trace: Trace; changes: Changes }, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write('retry: 1000\n\n');

  let waiting: FeedEvent[] = [];
  let skipped = 0;
  const add = (event: FeedEvent) => {
    if (waiting.push(event) <= most) return;
    waiting.shift();
    skipped += 1;
  };
  const flush = () => {
    if (waiting.length === 0 || response.writableNeedDrain) return;
    const events = skipped > 0 ? [{ kind: 'skipped', count: skipped }, ...waiting] : waiting;
    response.write(`data: ${JSON.stringify(events)}\n\n`);
    waiting = [];
    skipped = 0;
  };
  const endings = [
    trace.subscribe((event) => isShown(event) && add(event)),
    changes.subscribe((change) => add({ kind: 'change', ...change })),
    every(flushMs, flush),
    every(heartbeatMs, () => response.write(': still here\n\n')),
  ];
  response.on('close', () => {
    for (const end of endings) end();
  });
}

/** Not what the operator does, of which the page itself is part, and not polls of queues that stayed empty. */
function isShown(event: TraceEvent): boolean {
  const isEmptyPoll = event.kind === 'call' && event.action === 'sqs:ReceiveMessage' && event.ms > longPollMs;
  return !isEmptyPoll && !('from' in event && event.from === 'operator');
}

/** Event sources wait twenty seconds for a message. */
const longPollMs = 19_000;

function every(milliseconds: number, work: () => void): () => void {
  const timer = setInterval(work, milliseconds).unref();
  return () => clearInterval(timer);
}
