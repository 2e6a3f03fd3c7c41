import type { Standing } from '../../../shared/recalls/recall.ts';

export const recallsPath = '/desk/recalls';

/** The address of a list: the same list for whoever is sent it. */
export function listPath(standing: Standing, after?: string): string {
  const query = new URLSearchParams({ ...(standing === 'done' && { standing }), ...(after && { after }) });
  return query.size > 0 ? `${recallsPath}?${query}` : recallsPath;
}
