import type { Figure } from './figures.ts';
import { noticeBuilding } from './notice-building.ts';
import { killNotices } from './notices-kill.ts';
import { walkNotices } from './notices-walk.ts';

/** Notices: building their mails, the walk over the audience, and what is left of them when the stack is killed. */
export async function notices(): Promise<Figure[]> {
  return [...(await noticeBuilding()), ...(await walkNotices()), ...(await killNotices())];
}
