import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsService } from '../../../infra/local/gateway.ts';

/** One service on a free port without the gateway before it: no IAM, and the caller is the operator. */
export async function serve(service: () => AwsService, { readBody = true } = {}) {
  const server = createServer(async (message, response) => {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1');
    const body = readBody ? Buffer.concat(await Array.fromAsync(message)) : undefined;
    await service().handle({ message, url, body, caller: 'operator' }, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };
  return {
    endpoint,
    /** Settings of an SDK client that calls it. */
    client: { region: 'us-east-1', endpoint, credentials, maxAttempts: 1 },
    close: () => new Promise((closed) => server.close(closed)),
  };
}
