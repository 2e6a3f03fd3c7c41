import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs } from '../aws.ts';
import { env } from '../env.ts';
import type { WrittenRequest } from './request.ts';

/** What a message of the scan queue asks for: that the scans of this request are read. */
export interface ScanTask {
  requestId: string;
  /** Only looks whether the request was taken in as a whole; sent before that, for when whoever takes it in dies. */
  unapplied?: true;
  /** Ends the reading of these scans without what they say, because putting that together failed each time. */
  withoutText?: string[];
  /** How often it was put off already because a person was deciding. */
  tries?: number;
}

/** Has the scans of a request read. A message more does no harm: what is read already is not read again. */
export const queueScans = (
  requestId: string,
  { inSeconds = 0, ...more }: { inSeconds?: number } & Pick<ScanTask, 'withoutText' | 'tries'> = {},
): Promise<void> => send({ requestId, ...more }, inSeconds);

/** Has somebody look, in a minute, whether the request was taken in. */
export const watchOver = (requestId: string): Promise<void> => send({ requestId, unapplied: true }, 60);

/** Whether there is a page that nobody has read. What a virus scan stopped is never opened. */
export const waitsToBeRead = ({ state, scans = [] }: WrittenRequest): boolean =>
  state !== 'quarantined' && scans.some((scan) => scan.state === 'waiting');

async function send(task: ScanTask, DelaySeconds?: number): Promise<void> {
  const MessageBody = JSON.stringify(task);
  await sqs().send(new SendMessageCommand({ QueueUrl: env('scanQueueUrl'), MessageBody, DelaySeconds }));
}
