import { errorName } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';

/** Acts on each of them, so that one that fails keeps no other waiting. Returns how many failed. */
export async function eachRequest(
  requests: AsyncIterable<WrittenRequest>,
  act: (request: WrittenRequest) => Promise<unknown>,
): Promise<number> {
  let failed = 0;
  for await (const request of requests) {
    await act(request).catch((error) => {
      failed += 1;
      log.error('a request stays as it is', { requestId: request.requestId, error: errorName(error) });
    });
  }
  return failed;
}
