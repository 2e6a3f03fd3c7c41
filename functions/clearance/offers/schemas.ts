import { z } from '@hono/zod-openapi';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { listOf } from '../list-of.ts';

/** Of one request. */
export const mostRecipients = 1000;

const most = {
  most: mostRecipients,
  tooMany: `At most ${mostRecipients.toLocaleString('en')} can be asked about at once.`,
};

const member = z
  .string()
  .regex(/^[^\s/]{1,128}$/u, 'A member id has 1 to 128 characters, no space and no slash.')
  .openapi({ description: 'The id that the site has for the member.', example: '1001' });

const address = z
  .string()
  .refine((text) => canonicalAddress(text) !== undefined, 'This is no mail address.')
  .openapi({ description: 'One bare mail address.', example: 'ann@members.example', format: 'email' });

export const linksRequest = z
  .strictObject({ members: listOf(member, { least: 'Name at least one member.', ...most }) })
  .openapi('LinksRequest', { example: { members: ['1001', '1002'] } });

const links = z.object({
  member: z.string(),
  known: z.boolean().openapi({ description: 'Whether the directory has the member. Without, there are no links.' }),
  allowed: z.boolean().openapi({ description: 'Whether offers may be mailed to the member. Where not, send none.' }),
  url: z.string().optional().openapi({
    format: 'uri',
    description: 'For the text of the mail: opens a page with one button. The same in every mail, good without end.',
  }),
  mailto: z.string().optional().openapi({
    format: 'uri',
    description: 'For the text of the mail: whatever is sent there unsubscribes the member.',
  }),
  headers: z.object({ 'List-Unsubscribe': z.string(), 'List-Unsubscribe-Post': z.string() }).optional().openapi({
    description:
      'Put both into the header of the mail as they are (RFC 8058), folded where a line gets too long. The DKIM signature has to cover both (its tag `h=`), or mail clients show no button.',
  }),
});

export const linksAnswer = z
  .object({ results: z.array(links).openapi({ description: 'In the order asked for.' }) })
  .openapi('LinksAnswer', {
    example: {
      results: [
        {
          ...{ member: '1001', known: true, allowed: true },
          url: 'https://privacy.site.example/unsubscribe/040000…',
          mailto: 'mailto:unsubscribe+040000…@privacy.site.example?subject=unsubscribe',
          headers: {
            'List-Unsubscribe':
              '<https://privacy.site.example/unsubscribe/040000…>, <mailto:unsubscribe+040000…@privacy.site.example?subject=unsubscribe>',
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
        },
      ],
    },
  });

const recipient = z.union([z.strictObject({ member }), z.strictObject({ address })], {
  error: 'Write {"member": ID} or {"address": ADDRESS}, with one bare mail address.',
});

export const mailRequest = z
  .strictObject({
    recipients: listOf(recipient, { least: 'Name at least one recipient.', ...most }),
  })
  .openapi('MailRequest', { example: { recipients: [{ member: '1001' }, { address: 'ann@members.example' }] } });

export const mailAnswer = z
  .object({
    results: z
      .array(
        z.object({
          member: z.string().optional(),
          address: z.string().optional(),
          allowed: z.boolean(),
          reason: z.enum(['unsubscribed', 'unknown']).optional().openapi({
            description:
              '`unsubscribed`: the member, or one of the members who share the address, wants no offers. `unknown`: the directory has nobody of that id or address.',
          }),
          since: z.string().optional().openapi({ format: 'date-time', description: 'Since when there are none.' }),
        }),
      )
      .openapi({ description: 'In the order asked for.' }),
  })
  .openapi('MailAnswer', {
    example: {
      results: [
        { member: '1001', allowed: true },
        { address: 'ann@members.example', allowed: false, reason: 'unsubscribed', since: '2026-11-22T09:14:07.000Z' },
      ],
    },
  });
