/** As in a notification of SES; DISABLED where the rule does not scan. */
export type Status = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED';

export interface Verdicts {
  spf: Status;
  dkim: Status;
  dmarc: Status;
  spam: Status;
  virus: Status;
  /** Only where DMARC failed. */
  dmarcPolicy?: string;
  /** Values of the two header fields that SES writes, folded. */
  receivedSpf: string;
  authenticationResults: string;
}

/** Results in the words of RFC 8601: pass, fail, none, temperror and so on. */
export interface Findings {
  spf: { result: string; domain: string };
  dkim: { result: string; domain: string }[];
  dmarc: { result: string; domain: string; policy?: string };
}

export interface Client {
  /** Envelope sender, empty for a bounce. */
  mailFrom: string;
  helo: string;
  remoteAddress: string;
}

/**
 * SES's verdicts of the findings, and its header fields. GRAY: SPF neither for nor against, no DKIM signature, no DMARC
 * policy that asks for anything. A broken body hash is `neutral` to mailauth, and a failure to SES.
 */
export function summarize(findings: Findings, client: Client): Omit<Verdicts, 'spam' | 'virus'> {
  const { spf, dkim, dmarc } = findings;
  const refused = dmarc.result === 'fail' && dmarc.policy !== 'none';
  return {
    spf: statusOf(spf.result, { softfail: 'GRAY', neutral: 'GRAY' }),
    dkim: dkimStatus(dkim.map(({ result }) => result)),
    dmarc: statusOf(dmarc.result, { fail: refused ? 'FAIL' : 'GRAY' }),
    ...(refused && { dmarcPolicy: dmarc.policy }),
    ...headerValues(findings, client),
  };
}

function statusOf(result: string, special: Record<string, Status>): Status {
  const usual: Record<string, Status> = { pass: 'PASS', fail: 'FAIL', none: 'GRAY' };
  return special[result] ?? usual[result] ?? 'PROCESSING_FAILED';
}

function dkimStatus(results: string[]): Status {
  if (!results.length) return 'GRAY';
  if (results.includes('pass')) return 'PASS';
  return results.every((result) => result === 'temperror') ? 'PROCESSING_FAILED' : 'FAIL';
}

function headerValues({ spf, dkim, dmarc }: Findings, { remoteAddress, mailFrom, helo }: Client) {
  const designates = spf.result === 'pass' ? 'designates' : 'does not designate';
  const address = plain(remoteAddress);
  const comment = `(spfCheck: domain of ${plain(spf.domain)} ${designates} ${address} as permitted sender)`;
  const receivedSpf = `${spf.result} ${comment} client-ip=${address}; envelope-from=${plain(mailFrom)}; helo=${plain(helo)};`;
  const signatures = dkim.map(({ result, domain }) => `dkim=${dkimWord(result)} header.i=@${plain(domain)};`);
  const clauses = [
    `spf=${receivedSpf}`,
    ...(signatures.length ? signatures : ['dkim=none;']),
    `dmarc=${dmarc.result} header.from=${plain(dmarc.domain)};`,
  ];
  return { receivedSpf, authenticationResults: ['amazonses.com;', ...clauses].join('\r\n ') };
}

const dkimWord = (result: string) => (result === 'neutral' ? 'fail' : result);

/** The client chose these words: nothing in them may end a clause, begin a comment or break a line. */
export const plain = (text: string) => text.replace(/[^\w.@:+~!#$%&'*/?^`{|}[\]-]/g, '_').slice(0, 320);
