import type { ServerResponse } from 'node:http';
import { s3Error } from './s3-errors.ts';
import type { Form } from './s3-form.ts';
import { type Call, keepObject, type Operation } from './s3-operations.ts';
import { checkPolicy, checkSignature } from './s3-post-policy.ts';
import { openBody } from './s3-requests.ts';
import { document, element } from './xml.ts';

/**
 * POST Object: a browser's form under a policy that somebody with credentials has signed. IAM has been asked before,
 * as that somebody. Policy and signature are checked here, unlike other signatures in the local stack, since a page
 * gets the fields into its hands. Left out: session tokens, which the local stack does not give.
 */
export const postObject: Operation = async (store, call, response) => {
  const form = call.form!;
  try {
    const range = check(call, form, store.now(), store.secretOf);
    const incoming = openBody(within(form.file, range), call.headers);
    const version = await keepObject(store, call, incoming, 'Post');
    response.setHeader('etag', `"${version.etag}"`);
    if (call.bucket.versioned) response.setHeader('x-amz-version-id', version.version);
    answer(response, call, version.etag);
  } finally {
    await form.close();
  }
};

/** The key of a form; `${filename}` in it stands for what the client calls the file. */
export const keyOfForm = ({ fields, fileName }: Form): string =>
  (fields.key ?? '').replace(/\$\{filename\}/, () => fileName.replace(/^.*[\\/]/, ''));

function check({ bucket, key }: Call, { fields }: Form, now: number, secretOf: (id: string) => string | undefined) {
  if (!key) throw s3Error('InvalidArgument', 'Bucket POST must contain a field named "key", before the file.');
  if (fields['x-amz-algorithm'] !== 'AWS4-HMAC-SHA256') {
    throw s3Error('InvalidArgument', 'The field "x-amz-algorithm" must be AWS4-HMAC-SHA256.');
  }
  const secret = secretOf(fields['x-amz-credential']?.split('/')[0] ?? '');
  if (secret) checkSignature(fields, secret);
  return checkPolicy({ bucket: bucket.name, fields: { ...fields, key } }, now);
}

/** The bytes, as long as they are as many as the policy allows: what is kept of others is discarded. */
async function* within(file: AsyncGenerator<Buffer>, { least, most }: { least: number; most: number }) {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (size > most) throw s3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    yield chunk;
  }
  if (size < least) throw s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
}

/** 204 unless the form asks for 200 or 201; only 201 has a body. */
function answer(response: ServerResponse, { bucket, key, headers, message }: Call, etag: string): void {
  const location = `http://${message.headers.host}/${bucket.name}/${encodeURIComponent(key)}`;
  const wanted = headers.success_action_status ?? '';
  response.statusCode = ['200', '201'].includes(wanted) ? Number(wanted) : 204;
  response.setHeader('location', location);
  if (response.statusCode !== 201) return void response.end();
  const facts = { Location: location, Bucket: bucket.name, Key: key, ETag: `"${etag}"` };
  const content = Object.entries(facts).map(([name, value]) => element(name, value));
  response.setHeader('content-type', 'application/xml').end(document('PostResponse', content));
}
