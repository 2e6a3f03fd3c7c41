import type { Deciding } from '../request.ts';

/** Whether whoever noted a decision is certainly gone: the HTTP API gives a function 30 seconds. */
export const isLeft = ({ step }: Deciding, at: string): boolean => Date.parse(at) - Date.parse(step.at) > 60_000;
