import { setTimeout as pause } from 'node:timers/promises';

/** How often a conditional write is tried when others write the same item: a burst of mails in one member's name. */
export const attempts = 15;

/** Waits for one's turn, longer each time and never as long as the others: full jitter, up to a third of a second. */
export const turn = (attempt: number): Promise<void> => pause(Math.random() * Math.min(300, 10 * 2 ** attempt));
