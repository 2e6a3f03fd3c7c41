import type { Notice } from '../../../shared/notices/notice.ts';
import { Section } from '../views/frames.tsx';
import { noticePath } from './paths.ts';

/** The ways to prove it: the record of one member, and a file of all. */
export function Prove({ notice }: { notice: Notice }) {
  return (
    <Section title="Proof" id="proof">
      <Seek notice={notice} />
      <form method="post" action={noticePath(notice.noticeId, 'proof')} class="stack">
        <p class="quiet">
          The record of every member, with the texts and their hash, and a summary to print, as one ZIP.
        </p>
        <p>
          <button type="submit">Make the file of all</button>
        </p>
      </form>
    </Section>
  );
}

/** Looks for one member. */
export const Seek = ({ notice, text = '' }: { notice: Notice; text?: string }) => (
  <form action={noticePath(notice.noticeId, 'told')} class="stack">
    <label for="told-q">How and when was somebody told?</label>
    <div class="row seek-one">
      <input
        type="search"
        id="told-q"
        name="q"
        value={text}
        required
        maxlength={200}
        autocomplete="off"
        placeholder="Name, handle, address or id"
      />
      <button type="submit">Look</button>
    </div>
  </form>
);
