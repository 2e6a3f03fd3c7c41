import { randomUUID } from 'node:crypto';
import type { Delivery } from '../../../shared/deliveries/of-request.ts';
import type { Staff } from '../staff.ts';
import { Section } from '../views/frames.tsx';
import { Moment } from '../views/times.tsx';
import type { Gathered } from './gather.ts';
import { noticePath } from './paths.ts';
import { languageWords } from './words.ts';

/** A test mail to oneself, in a language, and what became of the last ones. */
export function TestMail({ staff, notice, tests }: Gathered & { staff: Staff }) {
  return (
    <Section title="Test mail" id="test">
      <p class="quiet">{`Comes to ${staff.email || 'you'} as members will get it, with [Test] before its subject.`}</p>
      <form method="post" action={noticePath(notice.noticeId, 'test')} class="row">
        <input type="hidden" name="nonce" value={randomUUID()} />
        <select name="language" aria-label="Language of the test mail" class="short">
          {Object.keys(notice.texts).map((language) => (
            <option value={language} selected={language === notice.fallback}>
              {languageWords(language)}
            </option>
          ))}
        </select>
        <button type="submit">Send it to me</button>
      </form>
      {tests.length > 0 && (
        <ul class="plain-list tests">
          {tests.toReversed().map((test) => (
            <li>{fate(test)}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function fate({ to, queuedAt, sentAt, deliveredAt, bouncedAt, failedAt }: Delivery) {
  const [words, at] = bouncedAt
    ? ['bounced', bouncedAt]
    : failedAt
      ? ['refused by SES', failedAt]
      : deliveredAt
        ? ['delivered', deliveredAt]
        : sentAt
          ? ['sent', sentAt]
          : ['on its way', queuedAt];
  return (
    <>
      {`${to ?? 'somebody'}: ${words}`} {at && <Moment at={at} />}
    </>
  );
}
