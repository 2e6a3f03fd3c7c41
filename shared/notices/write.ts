import { type Draft, draftOf, hashOf, titleOf, tooBig } from './draft.ts';
import { moveNotice, type Notice, withEntry } from './notice.ts';
import { hashOfNonce } from './notice-id.ts';
import { type Acting, gone, type Outcome, type Seeing, whoWasFirst } from './outcome.ts';
import { changeNotice, readNotice, recordNotice } from './store.ts';

/** A new draft, as unfinished as it may be. The same nonce, from a form that was sent twice, gives the same notice. */
export async function createNotice(acting: Acting & { nonce: string; draft: Draft }): Promise<Outcome> {
  const { nonce, by, at } = acting;
  const draft = draftOf(acting.draft);
  const refused = tooBig(draft);
  if (refused) return { refused };
  const entry = { at, state: 'draft', what: 'Written.', by, version: 1 } as const;
  return {
    done: await recordNotice({
      ...draft,
      title: titleOf(draft),
      nonce: hashOfNonce(`${by.id} ${nonce}`),
      state: 'draft',
      createdAt: at,
      listed: 'yes',
      by,
      editedBy: by,
      history: [entry],
    }),
  };
}

/**
 * Changes what is told. A notice that was submitted or scheduled is a draft again, and must be approved anew. Where
 * somebody else changed it since the page was drawn, nothing is written; the same change twice is one.
 */
export async function editNotice(noticeId: string, acting: Seeing & { draft: Draft }): Promise<Outcome> {
  const draft = draftOf(acting.draft);
  const refused = tooBig(draft);
  if (refused) return { refused };
  const notice = await readNotice(noticeId);
  if (!notice) return gone;
  if (!editable.includes(notice.state)) return { refused: `It is ${notice.state}: its text stays as it is.` };
  if (hashOf(notice) === hashOf(draft) && (notice.state === 'draft' || notice.version !== acting.seen))
    return { done: notice };
  if (notice.version !== acting.seen) return whoWasFirst(notice, acting.seen);
  const after = await changeNotice(notice, (found) =>
    found.version === acting.seen ? edited(found, draft, acting) : undefined,
  );
  return hashOf(after) === hashOf(draft) && after.state === 'draft' ? { done: after } : whoWasFirst(after, acting.seen);
}

const editable: Notice['state'][] = ['draft', 'submitted', 'scheduled'];

function edited(notice: Notice, draft: Draft, { by, at }: Acting): Notice | undefined {
  const entry = { at, state: 'draft', what: 'Changed.', by } as const;
  const unapproved = { hash: undefined, submittedBy: undefined, approvedBy: undefined };
  const after = { ...notice, ...draft, ...unapproved, title: titleOf(draft), editedBy: by };
  if (notice.state !== 'draft') return moveNotice(after, { ...entry, what: 'Changed, so it is a draft again.' });
  // Ten changes by the same officer in a row are one line of the history.
  const last = notice.history.at(-1);
  const isSame = last?.state === 'draft' && last.by?.id === by.id && last.what === entry.what;
  const before = isSame ? notice.history.slice(0, -1) : notice.history;
  return { ...after, history: withEntry({ ...notice, history: before }, entry) };
}
