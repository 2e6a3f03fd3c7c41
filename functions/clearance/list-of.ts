import { z } from '@hono/zod-openapi';

/** How many items a list may have; each with the sentence for whoever sends another number. */
export interface ListBounds {
  least: string;
  most: number;
  tooMany: string;
}

/**
 * A list whose length is looked at before its items are: zod itself makes an issue for each wrong item first, and a body
 * of 2 MB has room for 700,000 of them. The document shows it as a plain array with both bounds.
 */
export const listOf = <T extends z.ZodType>(item: T, { least, most, tooMany }: ListBounds) =>
  z.preprocess(
    (list, context) => {
      if (!Array.isArray(list) || list.length <= most) return list;
      context.addIssue({ code: 'custom', message: tooMany });
      return z.NEVER;
    },
    z.array(item).min(1, least).max(most, tooMany),
  );
