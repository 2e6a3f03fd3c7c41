import type { Delivery } from '../../../shared/deliveries/of-request.ts';
import { Section } from '../views/frames.tsx';
import { Badge, type Tone } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { letterWords } from './letter-words.ts';
import { onlyWhenDone, partPath } from './paths.ts';

/** What we wrote, to whom, and how far it got. */
export function AnswersView({ requestId, deliveries }: { requestId: string; deliveries: Delivery[] }) {
  if (deliveries.length === 0) return null;
  return (
    <Section title={deliveries.length === 1 ? 'Our answer' : 'Our answers'} id="answers">
      <ul class="answers">
        {deliveries.slice(-mostShown).map((delivery) => (
          <AnswerView requestId={requestId} delivery={delivery} />
        ))}
      </ul>
      {deliveries.length > mostShown && (
        <p class="hint">{`${deliveries.length - mostShown} earlier ones are in the dossier.`}</p>
      )}
    </Section>
  );
}

const mostShown = 20;

function AnswerView({ requestId, delivery }: { requestId: string; delivery: Delivery }) {
  const { tone, words, at, why } = progressOf(delivery);
  const letter = letterWords(delivery.letter);
  return (
    <li>
      <p>
        <strong>{letter}</strong>
        {delivery.to && `, to ${delivery.to}`}
      </p>
      <p class="hint">
        <Badge tone={tone}>{words}</Badge> {at && <Moment at={at} />}
        {delivery.possibleDuplicate && ' perhaps twice'}{' '}
        {(delivery.sentAt || delivery.failedAt) && (
          <a href={partPath(requestId, 'answers', delivery.delivery)} download>
            Download
            <span class="heard">{` ${letter}`}</span>
          </a>
        )}
      </p>
      {why && <p class="hint">{why}</p>}
      {(delivery.sentAt || delivery.failedAt) && (
        <Text path={partPath(requestId, 'answers', delivery.delivery, 'text')} />
      )}
    </li>
  );
}

/** Fetched when it is folded out; without a script a link leads to it. */
function Text({ path }: { path: string }) {
  return (
    <details class="fold">
      <summary hx-get={path} hx-target="next .answer-text" hx-trigger="click once" {...onlyWhenDone}>
        What it says
      </summary>
      <div class="answer-text">
        <a href={path}>Read it on a page of its own</a>
      </div>
    </details>
  );
}

/** The furthest that it got. A complaint and a bounce count more than the delivery before them. */
function progressOf(delivery: Delivery): { tone: Tone; words: string; at?: string; why?: string } {
  const { complainedAt, bouncedAt, bouncedAtDetail, deliveredAt, failedAt, failure, skippedAt, skipped } = delivery;
  if (complainedAt) return { tone: 'danger', words: 'Reported as spam', at: complainedAt };
  if (bouncedAt) return { tone: 'danger', words: 'Came back', at: bouncedAt, why: bouncedAtDetail };
  if (failedAt) return { tone: 'danger', words: 'Could not be sent', at: failedAt, why: failure };
  if (skippedAt) return { tone: 'quiet', words: 'Not sent', at: skippedAt, why: skipped };
  if (deliveredAt) return { tone: 'good', words: 'Delivered', at: deliveredAt };
  if (delivery.delayedAt)
    return { tone: 'warn', words: 'Delayed', at: delivery.delayedAt, why: delivery.delayedAtDetail };
  if (delivery.sentAt) return { tone: 'info', words: 'Sent', at: delivery.sentAt };
  return { tone: 'quiet', words: 'On its way', at: delivery.queuedAt };
}
