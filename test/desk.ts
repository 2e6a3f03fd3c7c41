import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Page } from 'playwright-core';
import { seal } from '../functions/desk/sign-in/sealed.ts';
import type { Session } from '../functions/desk/sign-in/session.ts';
import type { Group, Staff } from '../functions/desk/staff.ts';
import type { Stack } from '../infra/local/stack.ts';

/** The people whom the sign-in of the local stack offers. */
export const people = {
  reviewer: { id: 'rita.reviewer', name: 'Rita Reviewer', email: 'rita.reviewer@staff.example', groups: ['reviewer'] },
  officer: { id: 'otto.officer', name: 'Otto Officer', email: 'otto.officer@staff.example', groups: ['officer'] },
  marketing: {
    id: 'mona.marketing',
    name: 'Mona Marketing',
    email: 'mona.marketing@staff.example',
    groups: ['marketing'],
  },
  nobody: { id: 'nils.nobody', name: 'Nils Nobody', email: 'nils.nobody@staff.example', groups: [] },
} satisfies Record<Group | 'nobody', Staff>;

export type Who = keyof typeof people;

/** The officer who approves what the other has written. */
export const olga: Staff = {
  id: 'olga.officer',
  name: 'Olga Officer',
  email: 'olga.officer@staff.example',
  groups: ['officer'],
};

/** `fetch` on the desk of a stack as somebody who is signed in: `desk('/requests')` asks for `/desk/requests`. */
export type Desk = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * Signs somebody in without a browser and without the issuer, by a cookie that is sealed with the key of the stack.
 * Redirects are not followed. Forms are posted as a page of the desk posts them: `body` may be `URLSearchParams`.
 */
export async function signIn(
  stack: Pick<Stack, 'addresses' | 'plan' | 'region' | 'credentials'>,
  who: Who | Staff,
): Promise<Desk> {
  const at = Date.now();
  const cookie = await sessionCookie(stack, {
    staff: typeof who === 'string' ? people[who] : who,
    since: at,
    seen: at,
  });
  return (path, init = {}) => askDesk(stack, path, { ...init, headers: { cookie, ...init.headers } });
}

/** The same for somebody who is not signed in, or by another cookie. */
export function askDesk(
  { addresses }: Pick<Stack, 'addresses'>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = { origin: addresses.http, ...init.headers };
  return fetch(`${addresses.http}/desk${path}`, { redirect: 'manual', ...init, headers });
}

/** A session as the desk would have made it, for the header `cookie`. */
export async function sessionCookie(stack: Parameters<typeof signIn>[0], session: Session): Promise<string> {
  return `desk=${await seal('session', session, await keysOf(stack))}`;
}

async function keysOf({ addresses, plan, region, credentials }: Parameters<typeof signIn>[0]) {
  const client = new SecretsManagerClient({ endpoint: addresses.aws, region, credentials });
  const { name } = plan.secrets.find((secret) => secret.name.endsWith('keys-cookies'))!;
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  client.destroy();
  const { current, ...keys } = JSON.parse(SecretString!) as Record<string, string>;
  return { current: current!, keys };
}

/** Signs in as a person does, by a click on a name of `people`, and ends on the page asked for. */
export async function signInOn(
  page: Page,
  { addresses }: Pick<Stack, 'addresses'>,
  name: string,
  path = '',
): Promise<void> {
  await page.goto(`${addresses.http}/desk${path}`);
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${addresses.http}/desk${path}`);
}
