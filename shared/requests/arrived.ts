import type { WrittenRequest } from './request.ts';

type Arrival = Omit<WrittenRequest, 'requestId' | 'version'>;

/**
 * An arrival with the moment at which it was here, and the day of that for the index `arrived`. What a person brings may
 * be older: its postmark, which starts the clock, says nothing of when it could be acted upon.
 */
export function withArrival<Given extends Arrival>(arrival: Given, at: string): Given {
  const arrivedAt = arrival.decision.by ? at : arrival.receivedAt;
  return { ...arrival, arrivedAt, arrivedOn: arrivedAt.slice(0, 10) };
}

/**
 * A request as it is written, with the moment of the first write after something was held or blocked because of it. The
 * opt-outs are always set before the request, so that is never too early.
 */
export const withFlagged = (request: WrittenRequest, at: string): WrittenRequest =>
  request.flaggedAt || !isFlagged(request) ? request : { ...request, flaggedAt: at };

const isFlagged = ({ state, decision, covers = [] }: WrittenRequest): boolean =>
  state !== 'received' && (decision.effects.length > 0 || covers.length > 0);
