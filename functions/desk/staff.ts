import type { Person } from '../../shared/requests/request.ts';

/** What somebody at the desk may do. infra/constructs/sign-in.ts has them made at Cognito. */
export const groups = ['reviewer', 'officer', 'marketing'] as const;

export type Group = (typeof groups)[number];

/** Who is signed in: id and name as the issuer of the sign-in tells them. */
export interface Staff extends Person {
  email: string;
  groups: Group[];
}

/** What the pages of the desk find in their context. */
export interface DeskEnv {
  Variables: { staff: Staff };
}
