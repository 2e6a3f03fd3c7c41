import { z } from '@hono/zod-openapi';
import { hasScope, imageScopes, readSubject } from '../../shared/clearance/check.ts';
import { mostSubjects } from '../../shared/clearance/check-dated.ts';
import { isCampaignName, isContact } from '../../shared/clearance/check-record.ts';
import type { Subject } from '../../shared/optouts/opt-out.ts';
import { listOf } from './list-of.ts';

/** What comes in and what goes out. The OpenAPI document is made of these, so it cannot say anything else. */
const subject = z
  .string()
  .refine((text): text is Subject => readSubject(text) !== undefined, 'Write member/ID or community/ID.')
  .openapi({
    description: '`member/ID` or `community/ID`. An id has at most 128 characters, no space and no slash.',
    pattern: '^(member|community)/[^\\s/]{1,128}$',
    example: 'member/1001',
  });

export const scope = z.enum(imageScopes, { error: `There is no such scope: use ${imageScopes.join(', ')}.` }).openapi({
  description: 'A member has `profile-images`, a community `header-graphic` and `pages`.',
  example: 'profile-images',
});

const asked = z
  .strictObject({
    subject,
    scopes: listOf(scope, {
      least: 'Name a scope, or leave "scopes" out for all of them.',
      most: 2,
      tooMany: 'No subject has more than two scopes.',
    }).optional(),
  })
  .superRefine(({ subject, scopes = [] }, context) => {
    for (const [place, one] of scopes.entries()) {
      if (!hasScope(subject, one))
        context.addIssue({ code: 'custom', path: ['scopes', place], message: noSuchImages(subject, one) });
    }
  })
  .openapi('Subject');

export const noSuchImages = (subject: string, scope: string): string =>
  `A ${subject.split('/')[0]} has no "${scope}": a member has profile-images, a community header-graphic and pages.`;

const campaign = z
  .strictObject({
    name: z.string().refine(isCampaignName, 'A name has 1 to 120 characters on one line.').openapi({
      description: 'Checks of one name are about one campaign. 1 to 120 characters on one line.',
      example: 'Spring newsletter',
    }),
    contact: z.string().refine(isContact, 'This is no mail address.').openapi({
      description: 'Mail address of whoever can take the campaign down.',
      example: 'campaigns@site.example',
      format: 'email',
    }),
  })
  .openapi('Campaign', {
    description: 'What the images are for. When a subject says no later, the campaign is recalled.',
  });

export const checkRequest = z
  .strictObject({
    subjects: listOf(asked, {
      least: 'Name at least one subject.',
      most: mostSubjects,
      tooMany: `At most ${mostSubjects.toLocaleString('en')} subjects can be asked about at once.`,
    }),
    campaign: campaign.optional(),
  })
  .openapi('CheckRequest', {
    example: {
      subjects: [{ subject: 'member/1001' }, { subject: 'community/garden-club', scopes: ['pages'] }],
      campaign: { name: 'Spring newsletter', contact: 'campaigns@site.example' },
    },
  });

const scopeClearance = z
  .object({
    allowed: z.boolean(),
    state: z.enum(['clear', 'hold', 'blocked']).openapi({
      description: '`hold`: somebody asked, and it is not decided yet. Only what is clear may be used.',
    }),
    since: z.string().optional().openapi({ format: 'date-time', description: 'Absent where the state is clear.' }),
    requestIds: z.array(z.string()).openapi({ description: 'The written requests behind the state.' }),
    reason: z.enum(['unknown']).optional().openapi({
      description: '`unknown`: the directory knows no such member, or nobody who manages such a community.',
    }),
  })
  .openapi('ScopeClearance');

const clearance = {
  subject: z.string(),
  known: z.boolean(),
  allowed: z.boolean().openapi({ description: 'Whether all that was asked about may be used.' }),
  scopes: z.object(Object.fromEntries(imageScopes.map((name) => [name, scopeClearance.optional()]))),
};

const dated = {
  checkId: z.string().openapi({ description: 'Keep it: the answer can be looked up by it for years.' }),
  checkedAt: z.string().openapi({ format: 'date-time' }),
};

const blocked = {
  subject: 'member/1001',
  known: true,
  allowed: false,
  scopes: {
    'profile-images': {
      ...{ allowed: false, state: 'blocked', since: '2026-11-22T09:14:07.000Z' },
      requestIds: ['W-0F3K-9Q2M-7XVB-41TD'],
    },
  },
};
const when = { checkId: 'C-20261122-4T9QK2ZP0M', checkedAt: '2026-11-22T10:00:00.000Z' };

export const oneAnswer = z
  .object({ ...dated, ...clearance })
  .openapi('Clearance', { example: { ...when, ...blocked } as never });

export const checkAnswer = z
  .object({ ...dated, results: z.array(z.object(clearance)).openapi({ description: 'In the order asked for.' }) })
  .openapi('CheckAnswer', { example: { ...when, results: [blocked] } as never });

export const problemDetails = z
  .object({
    type: z.string().openapi({ format: 'uri' }),
    status: z.number().int(),
    title: z.string(),
    detail: z.string().openapi({ description: 'What happened, why, and what to do.' }),
    errors: z
      .array(z.object({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
      .optional()
      .openapi({ description: 'Where the request is wrong: a JSON Pointer into the body, or a parameter.' }),
  })
  .openapi('Problem', { description: 'RFC 9457' });
