import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpPort {
  server: Server;
  /** `http://127.0.0.1:PORT` */
  address: string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 alone; port 0 takes a free one. Rejects with a sentence that names the setting to change. */
export async function openPort(port: number, setting: string): Promise<HttpPort> {
  // Longer than the SDK keeps an idle connection, so that it never meets one that is just being closed.
  const server = createServer({ keepAliveTimeout: 120_000 });
  server.on('request', notYet);
  server.on('newListener', (event) => {
    if (event === 'request') server.off('request', notYet);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(explain(error, port, setting))));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    server,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A port listens before its service is there: whoever asks in between hears so, rather than nothing for ever. */
const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' });
  response.end('The stack is starting: ask again in a second.\n');
};

/** The sentence for a port that cannot be had. */
export function explain({ code, message }: NodeJS.ErrnoException, port: number, setting: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken: stop what listens there, or set ${setting} to another port.`;
  return `Port ${port} cannot be used (${message}): set ${setting} to another port.`;
}
