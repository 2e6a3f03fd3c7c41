/**
 * What the privacy policy promises, in its own words: what keeps each promise, and the walk that proves it. A test holds
 * these tables against the policy, word for word, and a run of all tests fails when a walk of them did not run.
 */
export interface PolicyPromise {
  /** The words of the policy, exactly. */
  words: string;
  /** What is done for it, in plain words. */
  kept: string;
  /** The files that keep it; none where it lies outside of this system. */
  modules: string[];
  /** The test files that prove it; each has tests that need no browser, since some machines have none for it. */
  walks: string[];
  /** What of it lies outside of this system, and who answers for that. */
  outside?: string;
}

/** In the order of the policy. */
export const promises: PolicyPromise[] = [
  {
    words:
      'Our responsibility is to ensure the safety of the information in our care and to maintain the privacy of our customers through sensible, appropriate, and responsible use.',
    kept: 'What arrives is kept private and locked against change. No line of a log and no page that a link opens shows an address.',
    modules: [
      'infra/constructs/private-bucket.ts',
      'shared/evidence/store.ts',
      'functions/public-site/confirm-pages.tsx',
    ],
    walks: ['test/infra/buckets.test.ts', 'test/walks/opt-out-by-mail.test.ts', 'test/walks/confirm.test.ts'],
    outside: 'The community site answers for its own servers.',
  },
  {
    words:
      'We collect limited account information and store and maintain your account and profile information on our servers.',
    kept: 'Of an account only eight columns come into the directory; any other column is passed over.',
    modules: ['shared/members/header.ts'],
    walks: ['test/shared/members/csv.test.ts'],
    outside: 'The community site answers for what it collects.',
  },
  {
    words:
      'We will never rent, sell, or share information that personally identifies you for marketing purposes except to provide products or services you’ve requested, when we have your permission or under the following circumstances:',
    kept: 'The mail that tells a campaign what to take down has ids in place of names.',
    modules: ['shared/letters/recall.ts'],
    walks: ['test/walks/recall.test.ts'],
    outside: 'The management of the community site answers for what it rents, sells or shares.',
  },
  {
    words:
      'We may share general information to trusted partners who work on behalf of or with Jomsocial under confidentiality agreements.',
    kept: 'Partners get no name and no address from here: the list of whom they may not mail holds hashes alone.',
    modules: ['functions/exports/suppression/suppression.ts'],
    walks: ['test/functions/clearance/offers.test.ts'],
    outside: 'The management of the community site answers for its partners and its agreements with them.',
  },
  {
    words: 'Our partners do not have any independent right to share this general information',
    kept: 'Nothing here can see what partners do.',
    modules: [],
    walks: [],
    outside: 'The management of the community site answers for what its agreements let partners do.',
  },
  {
    words: 'any offers will include a URL and email address where you can unsubscribe from future mailings,',
    kept: 'The mailing tools get a link and an address for each member. Both end marketing mail at once, without a sign-in or a question.',
    modules: [
      'functions/clearance/offers/links.ts',
      'functions/public-site/unsubscribe/unsubscribe.tsx',
      'shared/requests/take-unsubscribe.ts',
      'shared/requests/unsubscribe-token.ts',
    ],
    walks: ['test/walks/unsubscribe.test.ts', 'test/walks/triage.test.ts'],
    outside: 'Whoever mails an offer answers for putting them in.',
  },
  {
    words:
      'We respond to subpoenas, court orders, or legal process, or to establish or exercise our legal rights or defend against legal claims,',
    kept: 'A request with its evidence can be handed over as one file.',
    modules: ['functions/exports/dossier/dossier.ts'],
    walks: ['test/functions/exports/dossier.test.ts', 'test/walks/dossier.test.ts'],
    outside: 'The counsel of the community site answers for what it is asked by courts.',
  },
  {
    words:
      'We believe it is necessary to share information in order to investigate, prevent, or take action regarding illegal activities, suspected fraud, situations involving potential threats to the physical safety of any person, violations of Jomsocial’s terms of use, or as otherwise required by law,',
    kept: 'Nothing is shared with authorities from here.',
    modules: [],
    walks: [],
    outside: 'The counsel of the community site answers for it.',
  },
  {
    words: 'Jomsocial displays targeted advertisements based on personal or group information.',
    kept: 'No advertisement is made or shown from here.',
    modules: [],
    walks: [],
    outside: 'The advertising department of the community site answers for it.',
  },
  {
    words: 'You can update your account information and preferences at any time.',
    kept: 'A page behind a mailed link shows every choice, puts a change into effect at once, and confirms it by mail.',
    modules: [
      'functions/public-site/preferences/preferences.tsx',
      'shared/requests/take-preferences.ts',
      'shared/requests/take-preferences-plan.ts',
    ],
    walks: ['test/walks/preferences.test.ts'],
    outside: 'The community site answers for the pages on which the account itself is changed.',
  },
  {
    words:
      'Care will be taken to present images in a professional manner and without compromising the character of the JomSocial-powered community.',
    kept: 'Images are not made or shown from here.',
    modules: [],
    walks: [],
    outside: 'The marketing department of the community site answers for how images look.',
  },
  {
    words:
      'You may specifically request in writing that we not use images of your profile page in this manner by sending a request with the text REMOVE FROM MARKETING MATERIALS in the subject line,',
    kept: 'The mail blocks the images at once and the member is told. One that may be forged holds them, until the member or a person decides.',
    modules: ['shared/requests/decide.ts', 'shared/mail/phrase.ts', 'shared/requests/apply.ts'],
    walks: ['test/walks/opt-out-by-mail.test.ts', 'test/walks/confirm.test.ts', 'test/walks/triage.test.ts'],
  },
  {
    words: 'that we not use images of your profile page in this manner',
    kept: 'Before each use marketing asks, and is told no. A campaign that was cleared earlier is recalled.',
    modules: ['shared/clearance/check.ts', 'shared/recalls/recall.ts', 'shared/recalls/open.ts'],
    walks: ['test/walks/recall.test.ts', 'test/walks/clearance.test.ts'],
    outside: 'The marketing department answers for asking, and for taking down what is recalled.',
  },
  {
    words: 'you may contact us in writing to by sending us a letter, fax,',
    kept: 'Letters and faxes are read page by page, and what they ask for is held until a person has decided.',
    modules: ['functions/scan-intake/handler.ts', 'shared/requests/scan-hold.ts', 'shared/requests/scan-phrase.ts'],
    walks: ['test/walks/scans.test.ts', 'test/walks/scans-kill.test.ts'],
    outside: 'Whoever opens the post answers for scanning it.',
  },
  {
    words: 'by any means of written communication.',
    kept: 'Whatever arrives becomes a request with an outcome and a reason. What was written elsewhere is taken down at the desk.',
    modules: ['shared/requests/decide.ts', 'shared/requests/intake.ts', 'shared/requests/by-person/statement.ts'],
    walks: [
      'test/walks/triage.test.ts',
      'test/walks/desk-decisions.test.ts',
      'test/walks/again.test.ts',
      'test/walks/kill.test.ts',
      'test/walks/deadlines.test.ts',
    ],
  },
  {
    words:
      'Jomsocial Managers may also specifically request, in writing, that Jomsocial not use images of their Jomsocial’s header graphic or pages in this manner by contacting us using either of the above described methods.',
    kept: 'A request of a manager covers the header graphic and the pages of every community managed, and can be narrowed.',
    modules: ['shared/optouts/opt-out.ts', 'shared/requests/effects.ts'],
    walks: ['test/walks/opt-out-by-mail.test.ts', 'test/walks/preferences.test.ts'],
  },
  {
    words:
      'We will notify you about significant changes in the way we treat personal information by sending a notice to the primary email address specified in your Jomsocial profile',
    kept: 'A notice goes to each member once, and it is recorded who was told, how and when.',
    modules: ['functions/change-notices/walk.ts', 'functions/mail-sender/notice.ts', 'shared/notices/told.ts'],
    walks: ['test/walks/notices.test.ts', 'test/walks/notices-feedback.test.ts'],
    outside: 'The privacy officer answers for writing a notice before a change takes effect.',
  },
  {
    words: 'by placing a prominent notice on our site.',
    kept: 'The same notice stands on the site as a banner, for those too whom no mail reaches.',
    modules: ['functions/public-site/notices/feed.ts', 'functions/public-site/static/notices.js'],
    walks: ['test/walks/notice-banner.test.ts'],
    outside: 'The community site answers for loading the script on its pages.',
  },
];

/** The rest of the policy, which promises nothing, and why each sentence does not. */
export const promisesNothing: { words: string; because: string }[] = [
  {
    words: 'Thank you for taking the time to read through our Privacy Policy.',
    because: 'It thanks the reader.',
  },
  {
    words: 'JomSocial sees itself as the protector of the information it collects, maintains, and uses.',
    because: 'It says how the company sees itself; the sentence after it says what follows.',
  },
  {
    words:
      'By using Jomsocial, you agree to the collection and use of your personal and/or group information as described in this policy.',
    because: 'It says what the member agrees to.',
  },
  { words: 'You should know:', because: 'It leads to the list below it.' },
  {
    words:
      'General information may be used to help Jomsocial communicate offers to you from Jomsocial and our marketing partners.',
    because: 'It permits a use; the sentence after it says under which condition.',
  },
  {
    words:
      'Advertisers (including ad serving companies) may assume that people who interact with, view, or click on targeted ads meet the targeting criteria.',
    because: 'It warns of what others may conclude.',
  },
  {
    words:
      'Jomsocial reserves the right to include images of your Jomsocial’s header graphic or overview Summary page on the Jomsocial website or in other marketing materials for demonstration and promotional purposes.',
    because: 'It reserves the use that members may end by the requests below.',
  },
  {
    words:
      'We also may display additional images, this includes the possibility of displaying an image of your member profile, including your photograph.',
    because: 'It reserves the use that members may end by the requests below.',
  },
  {
    words: 'Jomsocial may periodically update this policy.',
    because: 'It says that the text may change; the sentence after it promises a notice.',
  },
];

/** How a promise stands: kept here, in part elsewhere, or by others alone. */
export type Standing = 'kept' | 'partly' | 'outside';

export const standingOf = ({ modules, outside }: PolicyPromise): Standing =>
  modules.length === 0 ? 'outside' : outside ? 'partly' : 'kept';
