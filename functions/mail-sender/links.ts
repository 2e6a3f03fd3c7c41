import { now } from '../../shared/clock.ts';
import { preferencesLink } from '../../shared/deliveries/preferences-link.ts';
import type { AskedForLink } from '../../shared/deliveries/queue.ts';
import { env } from '../../shared/env.ts';
import { log } from '../../shared/log.ts';
import { findByAddress } from '../../shared/members/directory.ts';
import type { Member } from '../../shared/members/member.ts';
import { sendAnswer } from './answer.ts';

/**
 * The link to the preferences for whoever has this address, each to their own primary one. Nobody learns from it whose
 * address it is: not even we tell the page.
 */
export async function sendLinks({ batch, address, at }: AskedForLink, until: number): Promise<void> {
  const isLate = Date.parse(now()) - Date.parse(at) > patience;
  const members = isLate ? [] : (await findByAddress(address)).filter(isElsewhere).slice(0, mostMembers);
  log.info('link asked for', { batch, members: members.length, isLate });
  for (const [place, member] of members.entries()) {
    await sendAnswer(preferencesLink(member, { batch, place, at, automatic: true }), until);
  }
}

/** Whoever waited longer has asked anew, or has given up. */
const patience = 60 * 60 * 1000;

const mostMembers = 5;

/** Mail to ourselves would come in as a request. */
const isElsewhere = ({ primaryEmail }: Member): boolean =>
  !primaryEmail.toLowerCase().endsWith(`@${env('mailDomain').toLowerCase()}`);
