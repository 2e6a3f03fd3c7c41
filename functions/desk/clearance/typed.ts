import { readSubject } from '../../../shared/clearance/check.ts';
import { mostSubjects } from '../../../shared/clearance/check-dated.ts';
import { type Campaign, isCampaignName, isContact } from '../../../shared/clearance/check-record.ts';
import type { Fault } from '../views/messages.tsx';

/** A form as it was filled in. */
export interface Typed extends TypedCampaign {
  subjects: string[];
}

export interface TypedCampaign {
  campaign: string;
  contact: string;
}

export const readTyped = (form: URLSearchParams): Typed => ({
  subjects: subjectsIn((form.get('subjects') ?? '').toWellFormed()),
  ...readCampaign(form),
});

/** As people paste them: a bare id is a member's, and one that stands there twice is asked about once. */
const subjectsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((one) => (/^[\w.-]+$/.test(one) ? `member/${one}` : one)),
  ),
];

export function readCampaign(form: URLSearchParams): TypedCampaign {
  const text = (name: string) => (form.get(name) ?? '').toWellFormed().trim();
  return { campaign: text('campaign'), contact: text('contact') };
}

export const campaignOf = ({ campaign: name, contact }: TypedCampaign): Campaign | undefined =>
  name ? { name, contact } : undefined;

export function faultsOf(typed: Typed): Fault[] {
  const fault = faultOfSubjects(typed.subjects);
  return [...(fault ? [{ field: 'subjects', sentence: fault }] : []), ...faultsOfCampaign(typed)];
}

function faultOfSubjects(subjects: string[]): string | undefined {
  const wrong = subjects.filter((text) => !readSubject(text));
  if (wrong.length > 0) return wrongWords(wrong);
  if (subjects.length === 0) return 'There is nobody to ask about yet: write the id of a member, or community/ID.';
  if (subjects.length <= mostSubjects) return undefined;
  return `These are ${subjects.length.toLocaleString('en')}, and ${mostSubjects.toLocaleString('en')} can be asked about at once: upload a file instead.`;
}

/** All of them, so that one correction is enough; of hundreds, the first. */
function wrongWords(wrong: string[]): string {
  const shown = wrong.slice(0, mostNamed).map((text) => `"${text.slice(0, 80)}"`);
  const more = wrong.length - shown.length;
  const named = [...shown, ...(more > 0 ? [`${more.toLocaleString('en')} more`] : [])];
  const are = wrong.length === 1 ? 'is no subject' : 'are no subjects';
  return `${new Intl.ListFormat('en').format(named)} ${are}: write the id of a member, or community/ID.`;
}

const mostNamed = 20;

/** A campaign needs somebody who can take it down, and a contact a campaign. Neither is needed. */
export function faultsOfCampaign({ campaign, contact }: TypedCampaign, place = ''): Fault[] {
  if (!campaign && !contact) return [];
  return [
    ...(isCampaignName(campaign)
      ? []
      : [{ field: `${place}campaign`, sentence: 'A campaign has a name of 1 to 120 characters on one line.' }]),
    ...(isContact(contact)
      ? []
      : [{ field: `${place}contact`, sentence: 'Give the mail address of whoever can take the campaign down.' }]),
  ];
}
