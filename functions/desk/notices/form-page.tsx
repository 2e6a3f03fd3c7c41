import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { type Fault, Notice, Problem } from '../views/messages.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { PreviewPane } from './preview-pane.tsx';
import { Sending, Whom } from './sending-fields.tsx';
import { TextFields } from './text-fields.tsx';
import type { Typed } from './typed.ts';

export interface FormPageProps {
  typed: Typed;
  /** Absent for a notice that is not kept yet. */
  notice?: { noticeId: string; title: string; state: string };
  faults?: Fault[];
  /** Stands above the form: somebody else was first. */
  warning?: string;
  /** What the moments are that were chosen, in words. */
  moments?: string[];
}

/** The form of a notice, with what it will look like beside it. Everything works by its buttons; notices.js presses them. */
export function formPage(staff: Staff, props: FormPageProps) {
  const { typed, notice, faults = [], warning } = props;
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    ...(notice ? [{ path: noticePath(notice.noticeId), words: notice.title }] : []),
  ];
  return page(
    {
      title: notice ? 'Change the notice' : 'Write a notice',
      staff,
      at: noticesPath,
      crumbs,
      wide: true,
      styles: ['notices.css'],
      scripts: ['notices.js'],
    },
    <>
      {warning && <Notice tone="warn">{warning}</Notice>}
      {notice?.state === 'submitted' || notice?.state === 'scheduled' ? (
        <Notice tone="warn">When you save a change, it is a draft again and has to be approved anew.</Notice>
      ) : null}
      <Problem faults={faults} />
      <form id="notice-form" method="post" class="writing" novalidate autocomplete="off">
        {/* Enter in a field presses the first button of a form. */}
        <button type="submit" name="do" value="save" hidden />
        <input type="hidden" name="nonce" value={typed.nonce} />
        <input type="hidden" name="seen" value={String(typed.seen)} />
        <input type="hidden" name="opened" value={new URLSearchParams(typed.opened).toString()} />
        <TextFields typed={typed} faultOf={(id) => faults.find(({ field }) => field === id)?.sentence} />
        <PreviewPane typed={typed} noticeId={notice?.noticeId} />
        <div class="fields">
          <Rest {...props} />
        </div>
      </form>
    </>,
  );
}

function Rest({ typed, notice, faults = [], moments = [] }: FormPageProps) {
  const faultOf = (id: string) => faults.find(({ field }) => field === id)?.sentence;
  const effective = {
    id: 'effectiveOn',
    hint: 'The day from which the change holds. The mail and the page of the notice name it.',
    fault: faultOf('effectiveOn'),
  };
  return (
    <>
      <section class="card" aria-labelledby="when-title">
        <h2 id="when-title">When</h2>
        <Field label="Takes effect on" {...effective}>
          <input
            type="date"
            id="effectiveOn"
            name="effectiveOn"
            value={typed.effectiveOn}
            {...describedBy(effective)}
          />
        </Field>
        <Sending typed={typed} faultOf={faultOf} moments={moments} />
      </section>
      <Whom typed={typed} faultOf={faultOf} />
      <div class="row save">
        <button type="submit" name="do" value="save" class="primary">
          Save
        </button>
        <a href={notice ? noticePath(notice.noticeId) : noticesPath}>Leave without saving</a>
        <span class="quiet">Nothing is sent by saving.</span>
      </div>
    </>
  );
}
