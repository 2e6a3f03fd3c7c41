import { requestPath } from '../views/paths.ts';

/** Where the parts of a request's page are, below the page itself. */
export const partPath = (requestId: string, ...parts: (string | number)[]): string =>
  [requestPath(requestId), ...parts.map((part) => encodeURIComponent(part))].join('/');

/** One page of one scan in the viewer. */
export interface Place {
  scanId: string;
  page: number;
}

const placeQuery = ({ scanId, page }: Place): string => `scan=${encodeURIComponent(scanId)}&page=${page}`;

export const pageImagePath = (requestId: string, { scanId, page }: Place): string =>
  partPath(requestId, 'scans', scanId, 'pages', page);

/** A part that cannot be had, because the sign-in ended or we failed, replaces nothing. */
export const onlyWhenDone = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' };

/** Each page of a scan has an address of its own … */
export const placePath = (requestId: string, place: Place): string =>
  `${requestPath(requestId)}?${placeQuery(place)}#viewer`;

/** … and is fetched in place where there is a script. */
export const fetchedInPlace = (requestId: string, place: Place) => ({
  'hx-get': `${partPath(requestId, 'viewer')}?${placeQuery(place)}`,
  'hx-target': '#viewer',
  'hx-swap': 'outerHTML',
  'hx-select': '#viewer',
  ...onlyWhenDone,
});
