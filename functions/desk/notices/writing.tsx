import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { log } from '../../../shared/log.ts';
import type { Draft } from '../../../shared/notices/draft.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Outcome } from '../../../shared/notices/outcome.ts';
import { createNotice, editNotice } from '../../../shared/notices/write.ts';
import type { DeskEnv } from '../staff.ts';
import type { Fault } from '../views/messages.tsx';
import { type FormPageProps, formPage } from './form-page.tsx';
import { answerFrame } from './frame.tsx';
import { actingIn, knownNotice } from './known-notice.tsx';
import { mergeTyped, openedOf } from './merge.ts';
import { noticePath } from './paths.ts';
import { lookOf } from './preview-pane.tsx';
import { saidBy } from './said.ts';
import { wordsFor } from './send-time.ts';
import { Moments } from './sending-fields.tsx';
import { blank, draftFrom, readTyped, type Typed, typedOf, withLanguage, withoutLanguage } from './typed.ts';

/** The form of a notice: new, and of one that there is. Whatever goes wrong, it comes back as it was filled in. */
export const writing = new Hono<DeskEnv>();

writing.get('/new', (context) => show(context, { typed: blank(now(), 'UTC') }));
writing.post('/new', (context) => take(context));

writing.get('/:noticeId/edit', async (context) => {
  const notice = await knownNotice(context);
  return notice instanceof Response ? notice : show(context, { typed: opened(typedOf(notice)), notice });
});
writing.post('/:noticeId/edit', async (context) => {
  const notice = await knownNotice(context);
  return notice instanceof Response ? notice : take(context, notice);
});

/** The form as it is typed, one text of it as members will see it: for the frame beside it. */
writing.post('/preview', async (context) => {
  const form = await formOf(context);
  const typed = readTyped(form);
  const text = typed.texts.find(({ language }) => language === form.get('shown')) ?? typed.texts[0];
  return answerFrame(
    context,
    text && {
      ...{ text, language: text.language, effectiveOn: typed.effectiveOn, look: lookOf(form.get('as')) },
      noticeId: form.get('noticeId') ?? undefined,
    },
  );
});

/** The moments that are chosen, in words. */
writing.post('/moments', async (context) => {
  const typed = readTyped(await formOf(context));
  return context.html(<Moments words={momentWords(typed)} />);
});

async function take(context: Context<DeskEnv>, notice?: Notice) {
  const form = await formOf(context);
  const typed = readTyped(form);
  const wanted = form.get('do') ?? 'save';
  if (wanted === 'add') {
    const { typed: more, fault } = withLanguage(typed);
    return show(context, { typed: more, notice, faults: fault && [fault] }, fault && 422);
  }
  if (wanted.startsWith('remove:'))
    return show(context, { typed: withoutLanguage(typed, wanted.slice('remove:'.length)), notice });
  return save(context, typed, notice);
}

async function save(context: Context<DeskEnv>, typed: Typed, notice?: Notice) {
  const { draft, faults } = draftFrom(typed);
  if (faults.length > 0) return show(context, { typed, notice, faults }, 422);
  const outcome = await keep(context, typed, draft, notice);
  if ('done' in outcome) {
    const { noticeId } = outcome.done;
    log.info('notice saved', { noticeId, by: context.get('staff').id });
    return context.redirect(`${noticePath(noticeId)}?said=saved`, 303);
  }
  if ('changed' in outcome) {
    return show(context, clash(typed, outcome), 409);
  }
  const refused: Fault[] = 'refused' in outcome ? [{ sentence: outcome.refused }] : outcome.faults;
  return show(context, { typed, notice, faults: refused }, 422);
}

/** The form again, with what somebody else has saved meanwhile. Whoever saves it then has been told. */
function clash(typed: Typed, { changed, entries }: Extract<Outcome, { changed: Notice }>): FormPageProps {
  const stored = opened(typedOf(changed));
  const { typed: merged, taken, differing } = mergeTyped(typed, stored, typed.opened);
  const sentences = [
    `${saidBy(entries)} What you changed is below and is not saved.`,
    taken.length > 0 && `You had not touched these, so they are as stored now: ${taken.join(', ')}.`,
    differing.length > 0 && 'Where yours is another, its field says what is stored now.',
    'To put yours in its place, save again.',
  ];
  return {
    typed: { ...merged, seen: stored.seen, opened: stored.opened },
    notice: changed,
    faults: differing,
    warning: sentences.filter(Boolean).join(' '),
  };
}

const opened = (typed: Typed): Typed => ({ ...typed, opened: openedOf(typed) });

const keep = (context: Context<DeskEnv>, typed: Typed, draft: Draft, notice?: Notice): Promise<Outcome> =>
  notice
    ? editNotice(notice.noticeId, { ...actingIn(context), seen: typed.seen, draft })
    : createNotice({ ...actingIn(context), nonce: typed.nonce, draft });

function show(context: Context<DeskEnv>, props: FormPageProps, status: 200 | 409 | 422 = 200) {
  return context.html(formPage(context.get('staff'), { ...props, moments: momentWords(props.typed) }), status);
}

/** As many as can be said; what is wrong stands at its field once the form is sent. */
function momentWords(typed: Typed): string[] {
  const { draft, faults, notes } = draftFrom(typed);
  const { sendAt, bannerUntil, zone } = draft;
  return [
    sendAt && `Sending begins on ${wordsFor(sendAt, zone)}.`,
    bannerUntil && `The site shows it from then until ${wordsFor(bannerUntil, zone)}.`,
    ...notes,
    ...faults.filter(({ field }) => field === 'sendDay' || field === 'bannerDay').map(({ sentence }) => sentence),
  ].filter(Boolean);
}

const formOf = async (context: Context): Promise<URLSearchParams> => new URLSearchParams(await context.req.text());
