import { now } from '../clock.ts';
import { rememberCampaign } from './campaigns.ts';
import { type Asked, checkSubjects } from './check.ts';
import { type KeptCheck, keepCheck, newCheckId } from './check-record.ts';

/** The most subjects of one check. */
export const mostSubjects = 1000;

/**
 * Answers, and keeps what was answered before anybody hears of it: the one way in which the API, the desk, files and the
 * terminal ask. Whoever repeats it gets a new check with a date of its own.
 */
export async function checkAndKeep(
  asked: readonly Asked[],
  about: Pick<KeptCheck, 'by' | 'campaign' | 'file'>,
): Promise<KeptCheck> {
  const answers = await checkSubjects(asked);
  const at = now();
  const dated = { checkId: newCheckId(at), at };
  const results = about.campaign ? await rememberCampaign(about.campaign, dated, asked, answers) : answers;
  const check: KeptCheck = { ...dated, ...about, results };
  await keepCheck(check);
  return check;
}
