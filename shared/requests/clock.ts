import { addBusinessDays, businessDaysBetween, holidaysOfStage } from '../calendar.ts';
import type { WrittenRequest } from './request.ts';

/**
 * The time to decide a request: it starts when the request came (for a letter, on the day of its postmark), stands
 * still from a question to the requester until the reply, and can be moved once. Business days count.
 *
 * Here: ends the pause of a request, if it has one. It is due as many business days later as the pause took.
 */
export function resume(
  request: WrittenRequest,
  at: string,
  holidays: ReadonlySet<string> = holidaysOfStage(),
): WrittenRequest {
  const { pausedAt, dueWhenPaused, ...rest } = request;
  if (!pausedAt) return request;
  const paused = businessDaysBetween(pausedAt, at, holidays);
  return { ...rest, dueAt: addBusinessDays(dueWhenPaused ?? rest.dueAt ?? at, paused, holidays) };
}

/** The dates after so many more business days: while its time stands still, those are added to what is left of it. */
export function extended(
  { dueAt, pausedAt, dueWhenPaused }: WrittenRequest,
  days: number,
  holidays: ReadonlySet<string>,
): Pick<WrittenRequest, 'dueAt' | 'dueWhenPaused' | 'extended'> {
  if (pausedAt && dueWhenPaused) {
    return { dueAt, dueWhenPaused: addBusinessDays(dueWhenPaused, days, holidays), extended: true };
  }
  return { dueAt: dueAt && addBusinessDays(dueAt, days, holidays), extended: true };
}
