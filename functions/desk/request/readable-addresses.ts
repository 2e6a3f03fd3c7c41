import addressparser from 'nodemailer/lib/addressparser';

/** The addresses of header fields, without the names beside them, which prove nothing and may be encoded. */
export function readableAddresses(fields: string[]): string {
  const addresses = fields
    .flatMap((field) => addressparser(field.slice(0, longestField), { flatten: true }))
    .map(({ address }) => address.slice(0, 254).toWellFormed())
    .filter(Boolean);
  const shown = [...new Set(addresses)].slice(0, most);
  return shown.join(', ') + (addresses.length > shown.length ? ` and ${addresses.length - shown.length} more` : '');
}

const most = 10;
const longestField = 5_000;
