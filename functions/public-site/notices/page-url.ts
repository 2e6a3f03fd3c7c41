import { env } from '../../../shared/env.ts';

/** Address of a notice's page in one of its languages. */
export const pageUrl = (noticeId: string, language: string): string =>
  `${env('publicUrl')}/notices/${noticeId}?lang=${encodeURIComponent(language)}`;
