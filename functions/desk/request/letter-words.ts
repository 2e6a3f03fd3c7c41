/** What a letter of ours says, in a few words. */
export const letterWords = (letter = ''): string => words[letter] ?? `A letter (${letter})`;

const words: Record<string, string> = {
  granted: 'Granted: what is covered',
  'already-in-effect': 'It is in effect already',
  confirm: 'Please confirm',
  'which-profile': 'Which profile is yours?',
  received: 'We have your request',
  unsubscribed: 'No more marketing mail',
  'not-me': 'Word to staff: it was not the member',
  declined: 'Declined',
  question: 'Our question',
};
