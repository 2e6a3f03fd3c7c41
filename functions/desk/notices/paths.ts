/** Where the pages of a notice are. Ids come from outside and may hold anything. */
export const noticesPath = '/desk/notices';

export const noticePath = (noticeId: string, part?: string): string =>
  `${noticesPath}/${encodeURIComponent(noticeId)}${part ? `/${part}` : ''}`;

/** A saved text as it will be seen. */
export const shownPath = (noticeId: string, language: string, as: string): string =>
  `${noticePath(noticeId, 'shown')}?${new URLSearchParams({ language, as })}`;
