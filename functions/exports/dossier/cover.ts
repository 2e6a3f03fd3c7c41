import type { Export } from '../../../shared/exports/export.ts';
import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';
import type { DossierFile } from './dossier.ts';
import type { DossierFacts } from './facts.ts';
import { allSteps, differing, type Step } from './steps.ts';
import { answersOf, changesOf, historyOf, statesOf, type Table, whoOf } from './tables.ts';
import { dayAndTime, fileSize, lasting } from './wording.ts';

/** What the cover says, before it is a page or plain text: warnings, facts, and tables of words. */
export interface Cover {
  title: string;
  /** Who made it, when, and how it can be checked. */
  made: string;
  warnings: string[];
  facts: [name: string, words: string][];
  tables: Table[];
  files: DossierFile[];
}

export interface CoverFacts extends DossierFacts {
  /** The history as the evidence tells it. */
  steps: HistoryEntry[];
  files: DossierFile[];
  job: Export;
}

export function coverOf(facts: CoverFacts): Cover {
  const { request, files, job, optOuts, deliveries } = facts;
  const steps = allSteps(request, facts.steps);
  return {
    title: `Dossier of the request ${request.requestId}`,
    made: `Made by ${job.by.name} on ${dayAndTime(job.at)}. Times are UTC. To check that nothing was changed since, run "sha256sum -c SHA256SUMS" in this folder.`,
    warnings: warningsOf(facts),
    facts: factsOf(facts, steps),
    tables: [historyOf(steps), answersOf(deliveries), statesOf(optOuts), changesOf(optOuts, request)],
    files: [...files],
  };
}

function warningsOf({ request, files, steps }: CoverFacts): string[] {
  const changed = differing(request, steps);
  const quarantined = request.decision.state === 'quarantined';
  const stopped = files.filter(({ path }) => /\/replies\/.+\.quarantined$/.test(path));
  const unknown = files.filter(({ path, dangerous }) => dangerous && path.endsWith('.bin'));
  return [
    ...(quarantined
      ? [
          'The virus scan did not pass this mail. It is in this dossier as it came, under a name that no program opens by itself (evidence/mail.eml.quarantined). Do not open it; have an expert look at it where it has to be read. A virus scanner may keep you from unpacking it.',
        ]
      : []),
    ...(stopped.length > 0
      ? [
          `The virus scan did not pass a reply. It is in this dossier as it came, under a name that no program opens by itself. Do not open it, and have an expert look at it where it has to be read: ${stopped.map(({ path }) => path).join(', ')}.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `A file that came in is no document that we can read, so nobody should open it: ${unknown.map(({ path }) => path).join(', ')}.`,
        ]
      : []),
    ...(changed.length > 0
      ? [
          `The record of the request differs from the evidence at step ${changed.join(', ')}. The evidence is locked, so it counts: compare request.json with evidence/history.`,
        ]
      : []),
    ...(request.mergedInto
      ? [`This request was merged into ${request.mergedInto}, which goes on in its place and has a dossier of its own.`]
      : []),
  ];
}

function factsOf({ request, members }: CoverFacts, steps: Step[]): Cover['facts'] {
  const { summary, receivedAt, channel, hash } = request;
  const said: [string, string | undefined][] = [
    ['Request', request.requestId],
    ['Received', `${dayAndTime(receivedAt)}, ${channels[channel]}`],
    ['From', summary.from ?? 'not known'],
    ['Subject', summary.subject || undefined],
    ['Message-ID', request.thread.messageId],
    [
      'About',
      members.map(({ name, handle, memberId }) => `${name} (@${handle}, ${memberId})`).join('; ') ||
        'nobody that we know',
    ],
    ['On arrival', `${request.decision.reason} (rule ${request.decision.rule})`],
    ['State now', states[request.state]],
    ['Decided', decided(request, steps)],
    ['Under way', request.deciding && `${request.deciding.step.by?.name ?? 'Somebody'} decides it at this moment`],
    ['To be decided by', request.dueAt && dayAndTime(request.dueAt)],
    ['Arrival, SHA-256', `${hash} (for a mail: of the bytes below the headers that the receiving server added)`],
  ];
  return said.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

/** By whom, when, how soon, and why: the step that brought the request into the state that it is in. */
function decided({ state, receivedAt }: WrittenRequest, steps: Step[]): string | undefined {
  if (!['granted', 'declined', 'withdrawn', 'ignored'].includes(state)) return undefined;
  const taken = steps.filter((step) => step.taken).map(({ entry }) => entry);
  const step = taken[taken.findLastIndex((entry) => entry.state !== state) + 1];
  if (!step) return undefined;
  const words = step.words ? ` Their words: ${step.words}` : '';
  return `${dayAndTime(step.at)}, ${lasting(receivedAt, step.at)} after it came, by ${whoOf(step)}. ${step.reason}${words}`;
}

const channels: Record<WrittenRequest['channel'], string> = {
  email: 'by e-mail',
  fax: 'by fax',
  letter: 'by letter',
  other: 'by other means',
};

const states: Record<WrittenRequest['state'], string> = {
  received: 'received, and not decided yet',
  held: 'held: the images are not used until it is decided',
  review: 'in review by a person',
  granted: 'granted',
  declined: 'declined',
  withdrawn: 'withdrawn',
  ignored: 'no request: nothing was asked',
  quarantined: 'quarantined: the virus scan did not pass',
};

/** A row of the list of files, for both forms of the cover. */
export const fileRow = ({ path, what, bytes, storedAt, sha256 }: DossierFile): string[] => [
  path,
  what,
  fileSize(bytes),
  storedAt ? dayAndTime(storedAt) : 'made for this dossier',
  sha256,
];
export const fileColumns = ['File', 'What it is', 'Size', 'Stored', 'SHA-256'];
