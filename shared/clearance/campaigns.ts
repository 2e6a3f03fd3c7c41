import { InvalidInput } from '../errors.ts';
import type { Subject } from '../optouts/opt-out.ts';
import { type Cleared, remember } from '../recalls/cleared.ts';
import { type Asked, type Clearance, checkSubjects, type ImageScope, type ScopeClearance } from './check.ts';
import { type Campaign, isCampaignName, isContact, type KeptCheck } from './check-record.ts';
import { inParallel } from './known.ts';

/**
 * Remembers what a check clears for a campaign, so that it can be recalled when the subject says no later, and returns
 * the answers that may be given. What was refused needs no recall.
 *
 * It asks once more after it has written, since an opt-out may come in between: that opt-out has looked for campaigns
 * either after this was written, and then recalls it, or before, and then the second answer says no.
 */
export async function rememberCampaign(
  campaign: Campaign,
  check: Pick<KeptCheck, 'checkId' | 'at'>,
  asked: readonly Asked[],
  answers: readonly Clearance[],
): Promise<Clearance[]> {
  if (!isCampaignName(campaign.name) || !isContact(campaign.contact))
    throw new InvalidInput('A campaign needs a name on one line and the mail address of a contact.');
  const cleared = clearedBy(campaign, check, answers);
  await inParallel([...cleared.values()], 16, remember);
  const again = asked.flatMap((one, place) => (cleared.has(one.subject) ? [{ one, place }] : []));
  const second = await checkSubjects(again.map(({ one }) => one));
  const results = [...answers];
  for (const [n, { place }] of again.entries()) results[place] = second[n]!;
  return results;
}

/** By subject, since one check may ask twice about one, by different scopes. */
export function clearedBy(
  { name, contact }: Campaign,
  { checkId, at }: Pick<KeptCheck, 'checkId' | 'at'>,
  answers: readonly Clearance[],
): Map<Subject, Cleared> {
  const cleared = new Map<Subject, Cleared>();
  for (const { subject, scopes } of answers) {
    const allowed = (Object.entries(scopes) as [ImageScope, ScopeClearance][]).filter(([, scope]) => scope.allowed);
    if (allowed.length === 0) continue;
    // Two ways to write a name with accents are one campaign.
    const known = cleared.get(subject) ?? { subject, campaign: name.normalize('NFC'), contact, scopes: {} };
    for (const [scope] of allowed) known.scopes[scope] = { at, checkId };
    cleared.set(subject, known);
  }
  return cleared;
}
