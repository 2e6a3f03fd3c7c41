import * as openId from 'openid-client';
import type { Problem } from '../problem.tsx';
import { clockTolerance } from './issuer.ts';

/** What the failure of a sign-in means for the person, and its code for the log. */
export function explain(error: unknown, back: string): Problem & { code: string } {
  const code = codeOf(error);
  const fallback = isAnswer(error) && !hasFailed(error) ? strange : unreachable;
  const { title, sentence, status = 400 } = meanings[code] ?? fallback;
  return { code, status, title, sentence, more: <SignInAgain back={back} /> };
}

/** The state is unknown: the attempt is over ten minutes old, was used, or was never made in this browser. */
export const tooLate = (back = '/desk'): Problem => ({ status: 400, ...late, more: <SignInAgain back={back} /> });

function SignInAgain({ back }: { back: string }) {
  return (
    <p>
      <a href={`/desk/sign-in?back=${encodeURIComponent(back)}`}>Sign in again</a>
    </p>
  );
}

type Meaning = Pick<Problem, 'title' | 'sentence'> & Partial<Pick<Problem, 'status'>>;

const late: Meaning = {
  title: 'This sign-in is over',
  sentence: 'It took longer than ten minutes, was used before, or was begun in another browser. Nothing is wrong.',
};

const cancelled: Meaning = {
  title: 'You are not signed in',
  sentence: 'The sign-in was cancelled, so nothing has changed.',
};

const clocks: Meaning = {
  title: 'The clocks do not agree',
  sentence: `Our clock and that of the sign-in service differ by more than ${clockTolerance} seconds. Try again; if it stays so, tell whoever runs this desk.`,
  status: 502,
};

const strange: Meaning = {
  title: 'The sign-in was refused',
  sentence:
    'What the sign-in service sent back is not meant for this sign-in, so it was not accepted. Try again; if it stays so, tell whoever runs this desk.',
  status: 400,
};

const unreachable: Meaning = {
  title: 'The sign-in service does not answer',
  sentence: 'We could not reach it, or it had a failure. Try again in a minute; if it stays so, tell whoever runs it.',
  status: 503,
};

/** Codes of RFC 6749 and OpenID Connect, and those of openid-client. */
const meanings: Record<string, Meaning> = {
  access_denied: cancelled,
  interaction_required: cancelled,
  login_required: cancelled,
  invalid_grant: late,
  server_error: unreachable,
  temporarily_unavailable: unreachable,
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: clocks,
};

/** The issuer has answered, with a failure of its own. */
const hasFailed = (error: unknown): boolean => ((error as { cause?: Response }).cause?.status ?? 0) >= 500;

/** An `error` that the issuer sent stands before the library's own code. */
function codeOf(error: unknown): string {
  const { error: sent, code, cause } = error as { error?: string; code?: string; cause?: { code?: string } };
  return sent ?? meaningful(code) ?? cause?.code ?? code ?? (error as Error).name;
}

const meaningful = (code = '') => (Object.hasOwn(meanings, code) ? code : undefined);

/** The issuer has answered, but not as it should: everything of the library's but a time-out. */
const isAnswer = (error: unknown): boolean =>
  error instanceof openId.AuthorizationResponseError ||
  error instanceof openId.ResponseBodyError ||
  (error instanceof openId.ClientError && error.code?.startsWith('OAUTH_') === true && error.code !== 'OAUTH_TIMEOUT');
