import { vi } from 'vitest';
import { forgetClients } from '../../shared/aws.ts';
import type { Acting, Outcome } from '../../shared/requests/by-person/outcome.ts';
import type { Person, WrittenRequest } from '../../shared/requests/request.ts';
import { readRequest } from '../../shared/requests/store.ts';
import type { LocalStack } from '../local-stack.ts';

export const rita: Person = { id: 'rita.reviewer', name: 'Rita Reviewer' };
export const otto: Person = { id: 'otto.officer', name: 'Otto Officer' };

/** This process acts as the desk of a stack, with its settings, until `leave`; what pages do is for other walks. */
export function sitDown({ plan, addresses, region, credentials }: LocalStack) {
  const desk = plan.functions.find(({ name }) => name === 'desk')!;
  const settings = {
    ...desk.environment,
    AWS_ENDPOINT_URL: addresses.aws,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  forgetClients();
  return {
    leave() {
      vi.unstubAllEnvs();
      forgetClients();
    },
  };
}

/** What a page would send along: who, and the newest entry that they saw. */
export const seeing = ({ history }: WrittenRequest, by = rita): Acting => ({ by, seen: history.at(-1)!.number });

/** The request of a decision that was done; throws what stood in the way. */
export function done(outcome: Outcome): WrittenRequest {
  if ('done' in outcome) return outcome.done;
  throw new Error('refused' in outcome ? outcome.refused : `changed: ${JSON.stringify(outcome.entries)}`);
}

export const again = async ({ requestId }: { requestId: string }): Promise<WrittenRequest> =>
  (await readRequest(requestId))!;
