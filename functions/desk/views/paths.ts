/** Where the pages of the desk are. Ids come from outside and may hold anything. */
export const requestPath = (requestId: string, tray?: string): string =>
  `/desk/requests/${encodeURIComponent(requestId)}${tray ? `?tray=${encodeURIComponent(tray)}` : ''}`;

export const memberPath = (memberId: string): string => `/desk/members/${encodeURIComponent(memberId)}`;

export const communityPath = (communityId: string): string =>
  `/desk/members/communities/${encodeURIComponent(communityId)}`;
