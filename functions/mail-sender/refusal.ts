import { SESServiceException } from '@aws-sdk/client-ses';

/**
 * What it means that SES did not take a mail. `address`: it never takes one for this recipient. `throttled`, `stopped`:
 * not now, and for nobody. `refused`: it took nothing, for a reason that somebody has to mend. `unknown`: it may have
 * taken it.
 */
export type Refusal = 'address' | 'throttled' | 'stopped' | 'refused' | 'unknown';

/** Reads SES's error. Source: API reference, SendRawEmail and "Common errors"; what it names is in the message alone. */
export function refusalOf(error: unknown, to: string): Refusal {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (neverCame(error)) return 'refused';
  if (!(error instanceof SESServiceException)) return 'unknown';
  if (throttling.includes(name) || error.$metadata.httpStatusCode === 429) return 'throttled';
  if (stops.includes(name) || isAccountStopped(name, message)) return 'stopped';
  if (name === 'InvalidParameterValue') return 'address';
  // The same name for a sender that is not verified, and for content that it does not like: these are about everybody.
  if (name === 'MessageRejected') return names(message, to) ? 'address' : 'refused';
  return error.$fault === 'client' ? 'refused' : 'unknown';
}

const throttling = ['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'RequestThrottled'];
const stops = ['AccountSendingPausedException', 'ConfigurationSetSendingPausedException'];

const isAccountStopped = (name: string, message: string): boolean =>
  name === 'MessageRejected' && /^sending (suspended|paused)/i.test(message);

const names = (message: string, to: string): boolean => message.toLowerCase().includes(to.toLowerCase());

/** There was no connection over which SES could have taken anything. */
const neverCame = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes((error as { code?: string } | undefined)?.code ?? '');
