import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changes } from './changes.ts';
import { answerPath, openCustomResources } from './custom-resources.ts';
import { type DataFolder, takeDataFolder } from './data-folder.ts';
import { openHttp } from './http.ts';
import { everything, type Principal } from './iam.ts';
import { type Lambda, openLambda } from './lambda.ts';
import { type Door, openDoor } from './mail-door.ts';
import { openPage } from './page.ts';
import type { Plan } from './plan.ts';
import { startPolling } from './polling.ts';
import { type HttpPort, openPort } from './ports.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import type { Quota } from './sending-quota.ts';
import { type OnStop, openServices, type Services } from './services.ts';
import { openSignIn } from './sign-in.ts';
import { type Machine, openMachine } from './sign-in-machine.ts';
import { planTemplate, readTemplate } from './template.ts';
import { openTrace, type Trace } from './trace.ts';

export interface StackOptions {
  templateFile: string;
  /** The folder with asset.<hash>. */
  assetsDir: string;
  dataDir: string;
  /** 0 takes a free port. */
  httpPort: number;
  smtpPort: number;
  awsPort: number;
  /** What SES lets the account send; a test of throttling sets its own. */
  quota?: Quota;
  /** Milliseconds that a stop leaves to the batches that are under way. */
  patience?: number;
}

/** What a running stack consists of, for the page and for tests. */
export interface Parts {
  plan: Plan;
  trace: Trace;
  changes: Changes;
  addresses: { aws: string; http: string; smtp: string };
  outputs: Record<string, string>;
  region: string;
  /** The operator's key, which may do everything. */
  credentials: Credentials;
  /** With what a program gets tokens, where the template has a client for programs. */
  machine?: Machine;
  /** Stores an object, as a service does that needs no permission. */
  put: Services['s3']['put'];
  receive: Door['receive'];
  /** What SES has sent. */
  mailbox: Services['ses']['mailbox'];
  /** Runs the function of a schedule now, as Scheduler does when it is due. */
  runSchedule: Scheduler['run'];
}

export interface Stack extends Parts {
  /** What is cut off when the patience ends comes again at the next start. */
  stop(): Promise<void>;
}

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Runs a synthesized template on this machine. Several stacks may run in one process, each on its own data folder and
 * ports. Rejects with one sentence, and leaves nothing running, when it cannot.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const steps: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of steps.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(options, (step) => steps.push(step))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: StackOptions, onStop: OnStop): Promise<Parts> {
  const template = readTemplate(options.templateFile);
  const folder = await takeDataFolder(options.dataDir);
  onStop(folder.release);
  const aws = await openPort(options.awsPort, 'AWS_PORT');
  onStop(aws.close);
  const http = await openPort(options.httpPort, 'HTTP_PORT');
  onStop(http.close);

  const plan = planTemplate(template, options.assetsDir, { aws: aws.address, http: http.address });
  const trace = openTrace();
  const keys = new Map([...plan.functions.map(({ name }) => name), 'operator'].map((name) => [name, newCredentials()]));
  const principals = principalsOf(plan, keys);
  const secrets = new Map([...keys.values()].map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]));
  const secretOf = (accessKeyId: string) => secrets.get(accessKeyId);
  const services = await openServices({ plan, folder, principals, secretOf, trace, quota: options.quota }, onStop);
  // The ports close before the services, and after all who use them have ended.
  onStop(() => Promise.all([aws.close(), http.close()]));
  const lambda = openLambda({ ...plan, credentials: keys, endpoint: aws.address, trace });
  onStop(lambda.close);
  await deploy(plan, { folder, aws, lambda, services });

  const principalOf = (name: string) => principals.get(keys.get(name)!.accessKeyId)!;
  const polling = startPolling({ ...plan, ...services, lambda, principalOf, trace });
  onStop(() => Promise.race([polling.stop(), sleep(options.patience ?? 5_000, undefined, { ref: false })]));
  const scheduler = startScheduler({ ...plan, ...services, file: folder.path('schedules.json'), lambda });
  onStop(scheduler.stop);
  const door = await openDoor({ plan, port: options.smtpPort, folder, services, trace }, onStop);

  const machine = plan.signIn && openMachine(plan.signIn, folder.path('sign-in-machine.json'));
  const parts: Parts = {
    plan,
    trace,
    changes: services.changes,
    addresses: { aws: aws.address, http: http.address, smtp: door.address },
    outputs: plan.outputs,
    region: plan.region,
    credentials: keys.get('operator')!,
    machine,
    put: services.s3.put,
    receive: door.receive,
    mailbox: services.ses.mailbox,
    runSchedule: scheduler.run,
  };
  const signIn = plan.signIn && openSignIn({ plan: plan.signIn, file: folder.path('sign-in.json'), machine });
  const local = openPage(parts);
  http.server.on('request', openHttp({ ...plan, ...services, api: plan.httpApi, lambda, local, signIn }));
  onStop(announce(folder, parts));
  return parts;
}

/** New keys at each start, so that no page in a browser can guess them. */
function newCredentials(): Credentials {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64') };
}

/** Every function and the operator, by access key id. */
function principalsOf({ functions }: Plan, keys: Map<string, Credentials>): Map<string, Principal> {
  const own = functions.map(({ name, roleArn, statements }) => ({ caller: name, roleArn, statements }));
  const all: Principal[] = [...own, { caller: 'operator', statements: everything }];
  return new Map(all.map((principal) => [keys.get(principal.caller)!.accessKeyId, principal]));
}

interface Deployment {
  folder: DataFolder;
  aws: HttpPort;
  lambda: Lambda;
  services: Services;
}

/** Opens the gateway and has the custom resources made, which call it. */
async function deploy({ customResources }: Plan, { folder, aws, lambda, services }: Deployment): Promise<void> {
  const file = folder.path('custom-resources.json');
  const custom = openCustomResources({ file, resources: customResources, lambda, endpoint: aws.address });
  aws.server.on('request', (message, response) => {
    const isAnswer = message.url?.startsWith(answerPath);
    (isAnswer ? custom.listener : services.gateway.listener)(message, response);
  });
  await custom.settle();
}

/** Writes stack.json, by which the npm scripts find a running stack. Returns what removes it. */
function announce(folder: DataFolder, { addresses, region, credentials, machine, outputs }: Parts): () => void {
  const file = folder.path('stack.json');
  const content = { pid: process.pid, ...addresses, region, ...credentials, machine, outputs };
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}
