import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { readSubject } from '../../shared/clearance/check.ts';
import { checkAndKeep, mostSubjects } from '../../shared/clearance/check-dated.ts';
import { type Campaign, isCampaignName, isContact, type KeptCheck } from '../../shared/clearance/check-record.ts';
import { clearCsv } from './clearance-csv.ts';
import { connect } from './stack.ts';

/**
 * `npm run clearance -- SUBJECT…`: may we use these images now? One JSON object a line, in the order asked for, as the
 * API answers. `--csv F` checks the column `subject` of a file. Exit 1 when it could not be asked, or not for every line;
 * that an image may not be used is an answer, not a failure.
 */
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});

async function main(args: string[]): Promise<number> {
  const asked = read(args);
  if (typeof asked === 'string') {
    console.error(`${asked}\n${usage()}`.trim());
    return 2;
  }
  const about = { by: { kind: 'terminal' as const, id: userInfo().username }, campaign: asked.campaign };
  connect();
  return asked.csv === undefined ? answer(asked.subjects, about) : clearCsv(asked.csv, about);
}

async function answer(subjects: string[], about: Pick<KeptCheck, 'by' | 'campaign'>): Promise<number> {
  for (let from = 0; from < subjects.length; from += mostSubjects) {
    const asked = subjects.slice(from, from + mostSubjects).map((text) => ({ subject: readSubject(text)! }));
    const { checkId, at: checkedAt, results } = await checkAndKeep(asked, about);
    for (const result of results) console.log(JSON.stringify({ checkId, checkedAt, ...result }));
  }
  return 0;
}

interface Words {
  subjects: string[];
  csv?: string;
  campaign?: Campaign;
}

/** What was asked for, or a sentence that says what is wrong with it. */
function read(args: string[]): Words | string {
  const options = { csv: { type: 'string' }, campaign: { type: 'string' }, contact: { type: 'string' } } as const;
  try {
    const { positionals: subjects, values } = parseArgs({ args, allowPositionals: true, options });
    const { csv, campaign: name, contact } = values;
    const wrong = subjects.find((text) => !readSubject(text));
    if (wrong !== undefined) return `"${wrong}" is no subject: write member/ID or community/ID.`;
    if ((csv === undefined) === (subjects.length === 0)) return '';
    if (name === undefined && contact === undefined) return { subjects, csv };
    if (!isCampaignName(name ?? '')) return '--campaign needs a name of 1 to 120 characters on one line.';
    if (!isContact(contact ?? '')) return '--contact needs the mail address of whoever can take the campaign down.';
    return { subjects, csv, campaign: { name: name!, contact: contact! } };
  } catch {
    return '';
  }
}

function usage(): string {
  return `Usage: npm run clearance -- SUBJECT…   for example member/1001 community/garden-club
       npm run clearance -- --csv assets.csv > cleared.csv   with a column subject, and perhaps scope; - reads stdin
Either takes --campaign NAME --contact ADDRESS: then it is recalled when somebody says no later.`;
}
