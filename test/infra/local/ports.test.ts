import { expect, test } from 'vitest';
import { openPort } from '../../../infra/local/ports.ts';

test('whoever asks before the service is there hears so, and is answered by the service afterwards', async () => {
  const port = await openPort(0, 'HTTP_PORT');
  const early = await fetch(port.address);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  port.server.on('request', (_request, response) => response.end('here'));
  expect(await (await fetch(port.address)).text()).toBe('here');
  await port.close();
});
