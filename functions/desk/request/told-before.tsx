import { isOpen, type WrittenRequest } from '../../../shared/requests/request.ts';
import { Notice } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';

/**
 * An answer that is no longer true once its request is open again: whoever decides has to know who has it. That it was
 * wrong is said by the answer to the next decision.
 */
export function ToldBefore({ request }: { request: WrittenRequest }) {
  const { lastAnswer, history, state, who } = request;
  const told = lastAnswer && answers[lastAnswer.letter];
  if (!told || !isOpen(state)) return null;
  const at = history.findLast(({ rule }) => told.rules.includes(rule))?.at;
  const reader = lastAnswer.name || lastAnswer.to || 'The requester';
  const isToldAgain = who === `member/${lastAnswer.memberId}` || !lastAnswer.memberId;
  return (
    <Notice tone="warn">
      {lastAnswer.to ? `${reader} already has our answer` : `${reader} may already have our printed answer`}
      {at && (
        <>
          {' of '}
          <Moment at={at} />
        </>
      )}
      {` that it is ${told.words}. What was blocked or held by it stays unused until it is decided again. `}
      {isToldAgain
        ? 'They hear of that, too.'
        : `The next answer may go to somebody else: then tell ${lastAnswer.name || 'them'} yourself.`}
    </Notice>
  );
}

const answers: Record<string, { words: string; rules: string[] } | undefined> = {
  granted: { words: 'done', rules: ['granted', 'statement'] },
  unsubscribed: { words: 'done', rules: ['granted', 'statement'] },
  declined: { words: 'declined', rules: ['declined'] },
  withdrawn: { words: 'closed', rules: ['withdrawn'] },
};
