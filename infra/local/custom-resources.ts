import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { Lambda } from './lambda.ts';
import type { CustomResourcePlan } from './plan.ts';

/** Where a custom resource's function puts its answer; the gateway hands requests under it to `listener`. */
export const answerPath = '/_custom-resource/';

export interface CustomResources {
  listener: RequestListener;
  /** Creates what is new, updates what has changed. Rejects with the function's reason when one fails. */
  settle(): Promise<void>;
}

interface State {
  physicalResourceId: string;
  properties: Record<string, unknown>;
}

/** What CloudFormation sends back and forth ("Custom resource request and response", CloudFormation user guide). */
interface Reply {
  Status: 'SUCCESS' | 'FAILED';
  Reason?: string;
  PhysicalResourceId?: string;
}

export interface CustomResourceParts {
  /** Remembers what has been made. */
  file: string;
  resources: CustomResourcePlan[];
  lambda: Lambda;
  /** The gateway's address. */
  endpoint: string;
}

export function openCustomResources({ file, resources, lambda, endpoint }: CustomResourceParts): CustomResources {
  const replies = new Map<string, (reply: Reply) => void>();
  const states = readStates(file);

  return {
    listener(message, response) {
      const resolve = replies.get(message.url ?? '');
      if (!resolve) return response.writeHead(404).end();
      json(message).then(
        (reply) => {
          resolve(reply as Reply);
          response.writeHead(200).end();
        },
        () => response.writeHead(400).end(),
      );
    },
    async settle() {
      for (const resource of resources) {
        const state = states[resource.logicalId];
        if (state && isDeepStrictEqual(state.properties, resource.properties)) continue;
        const physicalResourceId = await request(resource, state);
        states[resource.logicalId] = { physicalResourceId, properties: resource.properties };
        writeFileSync(`${file}.new`, JSON.stringify(states, null, 2));
        renameSync(`${file}.new`, file);
      }
    },
  };

  async function request({ logicalId, type, functionName, properties }: CustomResourcePlan, state?: State) {
    const path = `${answerPath}${randomUUID()}`;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    replies.set(path, resolve);
    const event = {
      RequestType: state ? 'Update' : 'Create',
      ResponseURL: `${endpoint}${path}`,
      StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/local/0',
      RequestId: randomUUID(),
      ResourceType: type,
      LogicalResourceId: logicalId,
      ResourceProperties: properties,
      ...(state && { PhysicalResourceId: state.physicalResourceId, OldResourceProperties: state.properties }),
    };
    const outcome = await lambda.invoke(functionName, event);
    // The answer comes before the function ends; without one the stack would wait for ever.
    const silence: Reply = {
      Status: 'FAILED',
      Reason: outcome.ok ? 'it sent no answer to its ResponseURL' : outcome.error,
    };
    const reply = await Promise.race([promise, new Promise<Reply>((done) => setImmediate(done, silence))]);
    replies.delete(path);
    if (reply.Status === 'SUCCESS') return reply.PhysicalResourceId ?? logicalId;
    throw new Error(
      `The custom resource ${logicalId} failed in ${functionName}: ${reply.Reason ?? 'no reason given'}.`,
    );
  }
}

function readStates(file: string): Record<string, State> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(
      `${file} is damaged (${(error as Error).message}): remove it, and the custom resources are made again.`,
    );
  }
}
