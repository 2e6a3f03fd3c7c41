import type { Delivery } from '../../../shared/deliveries/of-request.ts';
import { type OptOut, type Scope, stateOf } from '../../../shared/optouts/opt-out.ts';
import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';
import type { Step } from './steps.ts';
import { dayAndTime } from './wording.ts';

export interface Table {
  title: string;
  /** Said instead of the table where it has no rows. */
  empty: string;
  columns: string[];
  rows: string[][];
}

export const historyOf = (steps: Step[]): Table => ({
  title: 'History',
  empty: 'Nothing has happened yet.',
  columns: ['Step', 'When', 'State', 'By', 'What and why', 'In their words'],
  rows: steps.map(({ entry, taken }) => [
    String(entry.number),
    dayAndTime(entry.at),
    entry.state,
    whoOf(entry),
    entry.reason + (taken ? '' : ' (prepared, but somebody else was first)'),
    entry.words ?? '',
  ]),
});

export const answersOf = (deliveries: Delivery[]): Table => ({
  title: 'Answers',
  empty: 'No answer was sent by mail.',
  columns: ['Letter', 'To', 'Queued', 'Sent', 'What became of it', 'Message id'],
  rows: deliveries.map((delivery) => [
    delivery.letter ?? '',
    delivery.to ?? '',
    delivery.queuedAt ? dayAndTime(delivery.queuedAt) : '',
    delivery.sentAt ? dayAndTime(delivery.sentAt) : 'not sent',
    fateOf(delivery),
    delivery.messageId ?? '',
  ]),
});

/** Everything that is known of it: a message can be delivered and complained about. */
function fateOf(delivery: Delivery): string {
  const { deliveredAt, delayedAt, bouncedAt, complainedAt, failedAt, skippedAt } = delivery;
  const detail = (text?: string) => (text ? ` (${text})` : '');
  const said = [
    deliveredAt && `delivered ${dayAndTime(deliveredAt)}`,
    delayedAt && `delayed ${dayAndTime(delayedAt)}${detail(delivery.delayedAtDetail)}`,
    bouncedAt && `bounced ${dayAndTime(bouncedAt)}${detail(delivery.bouncedAtDetail)}`,
    complainedAt && `marked as spam ${dayAndTime(complainedAt)}${detail(delivery.complainedAtDetail)}`,
    failedAt && `refused by SES ${dayAndTime(failedAt)}${detail(delivery.failure ?? delivery.failedAtDetail)}`,
    skippedAt && `not sent on purpose${detail(delivery.skipped)}`,
    delivery.possibleDuplicate && 'may have been sent twice',
  ];
  return said.filter(Boolean).join('; ') || 'nothing heard yet';
}

export const statesOf = (optOuts: OptOut[]): Table => ({
  title: 'What may be used now',
  empty: 'Nothing was ever held or blocked for them.',
  columns: ['Whose', 'What', 'State', 'Since', 'Because of'],
  rows: optOuts.flatMap((optOut) =>
    (Object.keys(optOut.scopes) as Scope[]).sort().map((scope) => {
      const { state, since, requestIds } = stateOf(optOut, scope);
      return [optOut.subject, scope, state, since ? dayAndTime(since) : '', requestIds.join(', ')];
    }),
  ),
});

export const changesOf = (optOuts: OptOut[], { requestId }: WrittenRequest): Table => ({
  title: 'What this request changed',
  empty: 'It changed nothing, or more than 20 later changes hide it: see the history.',
  columns: ['When', 'Whose', 'What', 'Change'],
  rows: optOuts
    .flatMap(({ subject, changes }) => changes.map((change) => ({ subject, ...change })))
    .filter((change) => change.requestId === requestId)
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ at, subject, scope, change }) => [dayAndTime(at), subject, scope, change]),
});

export const whoOf = ({ by, rule }: HistoryEntry): string => (by ? `${by.name} (${by.id})` : `rule ${rule}`);
