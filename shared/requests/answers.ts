import { queueAnswer } from '../deliveries/queue.ts';
import type { Answer, WrittenRequest } from './request.ts';

/**
 * Queues the answers of a request. Each is one delivery, whose name is made from the occasion and its place, so that
 * queueing again is the same delivery.
 */
export async function queueAnswers(
  { requestId, receivedAt, thread }: WrittenRequest,
  answers: Answer[],
  { occasion, dueAt, automatic }: { occasion: string; dueAt?: string; automatic: boolean },
): Promise<void> {
  await Promise.all(
    answers.map((answer, number) =>
      queueAnswer({
        batch: requestId,
        delivery: `${occasion}-${answer.letter}-${number}`,
        ...answer,
        since: answer.since ?? receivedAt,
        decideBy: dueAt,
        automatic,
        // What staff are told stands alone: they have not seen the mail that began it.
        thread: answer.letter === 'not-me' ? { references: [] } : thread,
      }),
    ),
  );
}
