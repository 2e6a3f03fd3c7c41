import type { Member } from '../../../shared/members/member.ts';
import { takeStatement } from '../../../shared/requests/by-person/statement.ts';
import type { Staff } from '../staff.ts';
import { grantsOf, isWay, readStatement, receivedAtOf, type Statement, ways } from './statement.ts';

/** Records an opt-out that came by other means; it is in effect at once. `recorded` is the id of its request. */
export async function recordStatement(
  member: Member,
  { id, name }: Staff,
  form: FormData,
): Promise<{ recorded?: string; statement: Statement }> {
  const now = new Date();
  const statement = readStatement(form, member, now);
  if (statement.faults.length > 0 || !isWay(statement.how)) return { statement };
  const outcome = await takeStatement({
    nonce: statement.nonce,
    at: now.toISOString(),
    by: { id, name },
    memberId: member.memberId,
    grants: grantsOf(statement, member),
    words: `${ways[statement.how]}. ${statement.words}`,
    receivedAt: receivedAtOf(statement, now),
  });
  if ('done' in outcome) return { recorded: outcome.done.requestId, statement };
  const sentence = 'refused' in outcome ? outcome.refused : 'It was recorded meanwhile: look at the list of requests.';
  return { statement: { ...statement, faults: [{ sentence }] } };
}
