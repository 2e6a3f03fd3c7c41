/** Mails as members send them, 2 to 5 KB, each from a member of its own. Sizes follow the number, so a run repeats. */
export function optOutMail(number: number): { from: string; raw: string; messageId: string } {
  const from = `member-${number}@example.org`;
  const messageId = `<bench-${number}@example.org>`;
  const text = 'Please do not use the pictures of my profile in your marketing any more, thank you.\r\n';
  const raw = [
    `From: Member ${number} <${from}>`,
    'To: privacy@inwriting.example',
    'Subject: REMOVE FROM MARKETING MATERIALS',
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text.repeat(22 + (number % 36)),
  ].join('\r\n');
  return { from, raw, messageId };
}

/** A directory in which each of those senders is a member. */
export const directoryCsv = (members: number): string =>
  [
    'memberId,handle,name,primaryEmail,otherEmails,manages,locale,createdAt',
    ...Array.from(
      { length: members },
      (_, number) =>
        `m${number},member${number},Member ${number},member-${number}@example.org,,,en,2020-01-01T00:00:00Z`,
    ),
    '',
  ].join('\n');
