// Sends one file: asks the desk for a permit, then posts the file to the bucket. No connection, no sign-in, a refusal:
// each becomes a sentence.

/**
 * Resolves with the key of the file; rejects with an Error whose message is for the person. `isFinal`: trying again is
 * no use. `isSignedOut`: it is, after signing in.
 */
globalThis.sendFile = async ({ permits, nonce, file, progress, signal }) => {
  const broken =
    'The connection broke off, or the file was moved or changed meanwhile. Try again; if that fails, choose it again.';

  const refusals = {
    EntityTooLarge: 'It is larger than it was when you chose it: choose it again.',
    EntityTooSmall: 'It is empty (0 bytes): scan it or save it again, and choose that.',
  };

  const permit = await askForPermit();
  await post(permit);
  return permit.key;

  async function askForPermit() {
    const body = JSON.stringify({ nonce, name: file.name, size: file.size, type: file.type });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(permits, { method: 'POST', headers, body, signal }).catch(() => {
      throw new Error('There was no connection to the desk. Look at yours, then try again.');
    });
    if (answer.ok) return answer.json();
    if (answer.status === 401) {
      const message = 'Your sign-in has ended. Sign in again in a new tab, then come back here and try again.';
      throw Object.assign(new Error(message), { isSignedOut: true });
    }
    const { detail } = await answer.json().catch(() => ({}));
    const isFinal = answer.status >= 400 && answer.status < 500;
    throw Object.assign(new Error(detail ?? 'The desk could not answer. Try again in a minute.'), { isFinal });
  }

  /** fetch tells no progress of what it sends, so this is the older way. */
  function post({ url, fields }) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    // S3 ignores what stands behind the file. Its name stays here: it is for people, and goes with the form.
    form.append('file', file, 'file');
    const { promise, resolve, reject } = Promise.withResolvers();
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(refusal(request))));
    request.addEventListener('error', () => reject(new Error(broken)));
    request.addEventListener('abort', () => reject(new Error('This was cancelled.')));
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) reject(new Error('This was cancelled.'));
    request.open('POST', url);
    request.send(form);
    return promise;
  }

  function refusal({ responseText }) {
    const code = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1];
    const known = refusals[code];
    return Object.assign(new Error(known ?? `The store did not take it (${code ?? 'no reason given'}). Try again.`), {
      isFinal: known !== undefined,
    });
  }
};
