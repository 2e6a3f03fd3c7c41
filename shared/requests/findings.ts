import type { MailFacts } from './facts.ts';
import type { Finding } from './request.ts';

/** What a person should see who looks at the request. */
export const findings = ({ nearMiss, candidates, authentication }: MailFacts): Finding[] => [
  {
    what: 'authentication',
    sentence: `${authentication.authenticated ? 'Authenticated' : 'Not authenticated'}: ${authentication.because}.`,
  },
  ...(nearMiss
    ? [
        {
          what: 'near-miss' as const,
          sentence: `In the ${nearMiss.where}: ${nearMiss.words}`,
          difference: nearMiss.difference,
        },
      ]
    : []),
  ...candidates.map(({ memberId, because }) => ({ what: 'candidate' as const, sentence: because, memberId })),
];

export const attachments = ({ mail }: MailFacts): Finding[] => {
  const listed: Finding[] = mail.attachments.slice(0, mostListed).map(({ filename, contentType, size }) => ({
    what: 'attachment',
    sentence: `${filename ?? 'without a name'}, ${contentType}, ${size} bytes`,
  }));
  const more = mail.attachments.length - mostListed;
  return more > 0 ? [...listed, { what: 'attachment', sentence: `and ${more} more` }] : listed;
};

/** The item stays far below DynamoDB's 400 KB; the mail itself is in the evidence. */
const mostListed = 20;
