import { domainToASCII } from 'node:url';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { ses } from '../../shared/aws.ts';
import { type DeliveryKey, tagOf } from '../../shared/deliveries/store.ts';
import { canonicalAddress } from '../../shared/members/address.ts';

/** Gives a message to SES for one recipient. Returns SES's id of it. */
export async function handToSes(
  mime: Uint8Array,
  { to, configurationSet, ...key }: DeliveryKey & { to: string; configurationSet: string },
): Promise<string> {
  const { MessageId } = await ses().send(
    new SendRawEmailCommand({
      RawMessage: { Data: mime },
      Destinations: [mailboxOf(to) ?? to],
      ConfigurationSetName: configurationSet,
      Tags: [{ Name: 'delivery', Value: tagOf(key) }],
    }),
  );
  return MessageId!;
}

/**
 * An address in the form that SES takes: a local part of ASCII, since it does not do SMTPUTF8, and the domain in
 * A-labels (API reference, SendRawEmail). Undefined for what is no such address. It may stand in a header as it is.
 */
export function mailboxOf(text: string): string | undefined {
  const address = text.trim();
  if (canonicalAddress(address) === undefined) return undefined;
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  return /^[\x20-\x7e]+$/.test(local) ? `${local}@${domainToASCII(domain)}` : undefined;
}
