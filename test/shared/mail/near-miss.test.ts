import { describe, expect, test } from 'vitest';
import { findNearMiss } from '../../../shared/mail/near-miss.ts';

const inSubject = (subject: string) => findNearMiss({ subject, text: '', html: '' });
const inText = (text: string) => findNearMiss({ subject: 'hello', text, html: '' });
const inHtml = (html: string) => findNearMiss({ subject: 'hello', text: '', html });

describe('a subject is a near miss', () => {
  test.each([
    // mistyped
    'REMOVE FROM MARKETTING MATERIALS',
    'REMOVE FORM MARKETING MATERIALS',
    'REMVOE FROM MARKETING MATERIALS',
    'REOMVE FRMO MARKETING MATERIALS',
    'REMOVE FROM MAKRETING MATIRIALS',
    'Remove fron marketing meterials',
    'remove from markting materals',
    'REMOVE FR0M MARKET1NG MATERIALS',
    // endings
    'REMOVE FROM MARKETING MATERIAL',
    'Removed from marketing materials',
    'Removal from marketing materials',
    'Removing me from marketing materials',
    "Remove from marketing's materials",
    // hyphens, underscores, no spaces, too many
    'REMOVE-FROM-MARKETING-MATERIALS',
    'remove_from_marketing_materials',
    'REMOVEFROMMARKETINGMATERIALS',
    'RemoveFromMarketingMaterials',
    'REMOVE FROM MARKETINGMATERIALS',
    'REMOVE FROM MARKET ING MATERIALS',
    'R E M O V E  F R O M  M A R K E T I N G  M A T E R I A L S',
    'REMOVE/FROM/MARKETING/MATERIALS',
    '#removefrommarketingmaterials',
    'REMOVE.FROM.MARKETING.MATERIAL',
    // letters of other alphabets
    'REMОVE FRОM MАRKETING MАTERIALS',
    'RЕМОVЕ FRОМ МАRКЕТІNG МАТЕRІАLЅ',
    'RÉMOVE FROM MÄRKETING MATERIALS',
    // words added
    'Remove me from marketing materials',
    'Please remove my profile from your marketing materials',
    'REMOVE ALL PICTURES OF MY PROFILE PAGE FROM YOUR MARKETING AND PROMOTIONAL MATERIALS',
    'Remove Anna Weber from marketing materials',
    'Re: remove our garden club from all marketing materials',
    '[EXT] Kindly remove us from any marketing materials, thanks',
    // words missing or exchanged
    'REMOVE FROM MARKETING',
    'Remove marketing materials',
    'REMOVE FROM MATERIALS',
    'REMOVE FROM ADVERTISING MATERIALS',
    'DELETE FROM MARKETING MATERIALS',
    'Exclude me from marketing materials',
    'Remove me off marketing materials',
    'REMOVE FROM MARKETING MATER',
    'Please remove me from all marketing',
    // in another order
    'MARKETING MATERIALS REMOVE',
    'Marketing materials: removal request',
    // another wish, most likely; see findMostOfIt
    'Remove me from your marketing list',
    'Please remove us from your marketing emails',
  ])('%j', (subject) => {
    expect(inSubject(subject)?.where).toBe('subject');
  });
});

describe('a subject is no near miss', () => {
  test.each([
    // the phrase itself
    'REMOVE FROM MARKETING MATERIALS',
    'Re: remove from marketing materials!',
    // nothing of it
    '',
    'Hello',
    'Re: your message',
    'Order 1234 from the shop',
    // marketing
    'Marketing',
    'Marketing materials',
    'New marketing materials for your community',
    'Your marketing materials are ready',
    'Question about marketing materials',
    'Where can I get marketing materials from?',
    'Free marketing materials from our partners',
    'Marketing materials from the conference',
    'Images from marketing materials',
    'Feedback on marketing material',
    'Marketing newsletter, June',
    '10 ways to improve your email marketing',
    'The 7 best marketing tools of the year',
    'From marketing to sales: a guide',
    'How to remove friction from marketing',
    'Remove the guesswork from your marketing',
    'How to remove stains from all materials',
    'Remote marketing jobs',
    'Job offer: marketing manager (remote)',
    'Digital marketing materials and methods',
    'Advertising with us',
    'Print materials for your event',
    'Training materials from Monday',
    'Raw materials market report',
    'Marketing team meeting moved to Monday',
    'We moved: new address of our marketing team',
    // removing
    'Remove me from your mailing list',
    'Remove my account',
    'Please remove my photo from the gallery',
    'Remove me from the group',
    'How do I remove a member from my community?',
    'Removal of snow from the car park',
    'Please delete my profile',
    'Delete from inbox',
    'Virus removed from attachment',
    'You have been removed from the list',
    'Remove hidden costs from your market research materials list today',
    // leaving
    'Unsubscribe',
    'Unsubscribe from marketing emails',
    'Stop sending me marketing',
    'Opt out',
    'No more newsletters please',
    'Unsubscribe me from all lists',
    // other languages
    'Marketingunterlagen',
    'Bitte entfernen Sie mein Foto',
    'Вопрос о маркетинге',
    'マーケティング資料',
    'Supprimer mon compte',
    'Boletín de marketing',
  ])('%j', (subject) => {
    expect(inSubject(subject)).toBeUndefined();
  });
});

describe('a text is a near miss', () => {
  test.each([
    'REMOVE FROM MARKETING MATERIALS',
    'Dear team,\n\nplease remove me from your marketing materials.\n\nThank you\nAnna',
    'Subject: remove from\nmarketing materials',
    'I write to ask you to remove all images of our pages from any marketing material. Best, Ann',
    'remove-from-marketing-materials',
    'Yes please.\n\nOn Monday Ann wrote:\n> REMOVE FROM\n> MARKETING MATERIALS',
    'The text is “Remove from marketing materials”, as your policy says.',
    'REMОVE FRОM MАRKETING MАTERIALS',
    'ＲＥＭＯＶＥ ＦＲＯＭ ＭＡＲＫＥＴＩＮＧ ＭＡＴＥＲＩＡＬＳ',
    'RE\u00adMOVE FROM MARKE\u00adTING MATER\u00adIALS',
    'I want to be removed from your marketing materials',
  ])('%j', (text) => {
    expect(inText(text)?.where).toBe('text');
    expect(inHtml(`<p>${text.replaceAll('\n', '<br>')}</p>`)?.where).toBe('html');
  });
});

describe('a text is no near miss', () => {
  test.each([
    'Hello, can you tell me more about your marketing?',
    'You receive this because you signed up. To be removed from our marketing list, click here.',
    'If you wish to be removed from marketing emails, unsubscribe.',
    'Remove me from your marketing list',
    'We removed three pages. The new version comes from marketing. All materials are online.',
    'Please remove the old poster.\n\nGreetings from marketing\n\nMaterials: paper',
    'Our marketing materials are on the shelf; remove the film from the back before use.',
    'Here are the marketing materials from our partner. You may remove the logo.',
    'Remote work from home is a benefit. Our marketing department prepares materials.',
    'Materials, market, remarks, and more overview of our meeting. Greeting, Ann',
    'This newsletter is about moving materials from the market.',
    'We use images of your profile page in marketing materials.',
    'How to remove friction from marketing: seven tips',
    'You can remove a photo from your profile at any time. Our marketing uses materials of members who agreed.',
  ])('%j', (text) => {
    expect(inText(text)).toBeUndefined();
    expect(inHtml(`<p>${text.replaceAll('\n\n', '</p><p>')}</p>`)).toBeUndefined();
  });
});

test('what a reader of the HTML does not see is no near miss', () => {
  expect(
    inHtml('<p hidden>remove from marketing materials</p><!-- remove from marketing materials -->'),
  ).toBeUndefined();
});

test('the subject comes before the text, and the text before the HTML', () => {
  const mail = { subject: 'REMOVE FROM MARKETING', text: 'remove from marketing materials', html: '' };
  expect(findNearMiss(mail)?.where).toBe('subject');
  expect(findNearMiss({ ...mail, subject: '', html: mail.text })?.where).toBe('text');
});

test('a typo is marked letter by letter', () => {
  expect(inSubject('Re: Remove form marketing materials')).toEqual({
    where: 'subject',
    words: 'Remove form marketing materials',
    difference: [
      { text: 'Remove f' },
      { text: 'R', change: 'removed' },
      { text: 'o' },
      { text: 'r', change: 'added' },
      { text: 'm marketing materials' },
    ],
  });
});

test('words added and missing are marked as words', () => {
  expect(inSubject('Please remove me from your marketing list')?.difference).toEqual([
    { text: 'remove ' },
    { text: 'me ', change: 'added' },
    { text: 'from ' },
    { text: 'your ', change: 'added' },
    { text: 'marketing' },
    { text: ' MATERIALS', change: 'removed' },
  ]);
});

test('what was joined by hyphens is shown so', () => {
  expect(inSubject('x REMOVE-FROM_MARKETING MATERIALS y')?.words).toBe('REMOVE-FROM_MARKETING MATERIALS');
});

test.each([
  ['one word', 'removemarketingmaterials'],
  ['single letters', 'r e m o v e '],
  ['removes', 'remove marketing materials remove '],
  ['words of the phrase without the first', 'from marketing materials '],
  ['everything but its end', 'remove from marketing '],
  ['combining marks', 'a\u0345\u0301\u0327'],
  ['empty lines', '\n \n'],
  ['at signs and dots', '@.'],
  ['no-break spaces and Cyrillic', '\u00a0mа'],
])('256 KB of %s are read to their end', (_name, pattern) => {
  const text = pattern.repeat((256 * 1024) / pattern.length);
  expect(findNearMiss({ subject: text, text, html: text })).toBeUndefined();
});
