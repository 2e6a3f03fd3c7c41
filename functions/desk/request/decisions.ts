import { getMembers } from '../../../shared/members/directory.ts';
import { ask } from '../../../shared/requests/by-person/ask.ts';
import { decline } from '../../../shared/requests/by-person/decline.ts';
import { dismiss } from '../../../shared/requests/by-person/dismiss.ts';
import { extend } from '../../../shared/requests/by-person/extend.ts';
import { grant } from '../../../shared/requests/by-person/grant.ts';
import { merge } from '../../../shared/requests/by-person/merge.ts';
import { note } from '../../../shared/requests/by-person/note.ts';
import type { Acting, Outcome } from '../../../shared/requests/by-person/outcome.ts';
import { reopen } from '../../../shared/requests/by-person/reopen.ts';
import { readRequestId } from '../../../shared/requests/id.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import type { Fault } from '../views/messages.tsx';
import { ticked } from './boxes.ts';
import { isDeclineReason } from './decline-form.tsx';
import type { StepName } from './typed.ts';

/** What a form came to: an outcome, or what is wrong with what was typed. */
export type Answered = Outcome | { faults: Fault[] };

type Decide = (request: WrittenRequest, form: URLSearchParams, acting: Acting) => Promise<Answered>;

/** Each form of the page, read and handed to the decision that it stands for. */
export const decisions: Record<StepName, Decide> = {
  grant: async (request, form, acting) => {
    const memberId = form.get('member') ?? '';
    if (!memberId) return fault('member', 'Choose whose images it is about, or search for somebody else.');
    const [member] = await getMembers([memberId]);
    if (!member) return fault('member', 'This member is no longer in the directory. Choose another one.');
    const grants = ticked(member, form.getAll('scope'));
    if (grants.length === 0) return fault('member', `Tick at least one kind of images of ${member.name}.`);
    return grant(request, { ...acting, memberId, grants, words: words(form) });
  },
  decline: async (request, form, acting) => {
    const reason = form.get('reason') ?? undefined;
    const faults = [
      ...(isDeclineReason(reason) ? [] : fault('decline-reason', 'Choose one of the reasons.').faults),
      ...(reason === 'withdrawn-by-requester'
        ? []
        : needsWords('decline', form, 'Write what the requester should read.')),
    ];
    if (faults.length > 0 || !isDeclineReason(reason)) return { faults };
    return decline(request, { ...acting, reason, words: words(form) });
  },
  ask: async (request, form, acting) => {
    const faults = needsWords('ask', form, 'Write what you want to ask.');
    return faults.length > 0 ? { faults } : ask(request, { ...acting, words: words(form) ?? '' });
  },
  dismiss: (request, form, acting) => dismiss(request, { ...acting, words: words(form) }),
  merge: async (request, form, acting) => {
    const into = readRequestId(form.get('into') ?? '');
    if (!into) return fault('merge-into', 'Give the whole id of the other request, such as W-0123-4567-89AB-CDEF.');
    return merge(request, { ...acting, into });
  },
  extend: async (request, form, acting) => {
    const days = Number(form.get('days'));
    const faults = [
      ...(Number.isInteger(days) && days > 0
        ? []
        : fault('extend-days', 'Give a whole number of business days.').faults),
      ...needsWords('extend', form, 'Write why it takes longer: the reason is part of the record.'),
    ];
    return faults.length > 0 ? { faults } : extend(request, { ...acting, days, words: words(form) ?? '' });
  },
  note: async (request, form, acting) => {
    const faults = needsWords('note', form, 'Write the note.');
    return faults.length > 0 ? { faults } : note(request, { ...acting, words: words(form) ?? '' });
  },
  reopen: (request, form, acting) => reopen(request, { ...acting, words: words(form) }),
};

export const isStep = (text: string): text is StepName => Object.hasOwn(decisions, text);

const words = (form: URLSearchParams): string | undefined => form.get('words')?.trim() || undefined;

const needsWords = (step: StepName, form: URLSearchParams, sentence: string): Fault[] =>
  words(form) ? [] : fault(`${step}-words`, sentence).faults;

const fault = (field: string, sentence: string): { faults: Fault[] } => ({ faults: [{ field, sentence }] });
