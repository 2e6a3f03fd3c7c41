/**
 * What passes through the local stack, for the page and for tests: the last 2,000 events in memory.
 * A subscriber hears each event once, in order, after the call that caused it has been answered.
 */
export interface Step {
  kind: 'call';
  at: string;
  /** Function name, service principal (`ses.amazonaws.com`) or `operator`. */
  from: string;
  service: string;
  action: string;
  /** ARN, or `*`. */
  resource: string;
  allowed: boolean;
  /** A sentence: which policy statement allowed it, or why none does. */
  because: string;
  status: number;
  ms: number;
}

export interface Line {
  kind: 'log';
  at: string;
  from: string;
  line: Record<string, unknown> | string;
}

export interface Passage {
  kind: 'mail';
  at: string;
  what: 'accepted' | 'stored' | 'notified' | 'sent';
  id: string;
  detail?: Record<string, unknown>;
}

export type TraceEvent = Step | Line | Passage;
export type Subscriber = (event: TraceEvent) => void;

export interface Trace {
  add(event: TraceEvent): void;
  /** The events that are still kept, oldest first. */
  recent(): TraceEvent[];
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: Subscriber): () => void;
}

const kept = 2_000;

export function openTrace(): Trace {
  const ring: TraceEvent[] = [];
  const subscribers = new Set<Subscriber>();
  let next = 0;
  return {
    add(event) {
      ring[next] = event;
      next = (next + 1) % kept;
      for (const subscriber of subscribers) setImmediate(subscriber, event);
    },
    recent: () => (ring.length < kept ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)]),
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
