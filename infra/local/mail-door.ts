import { type Chunks, openBodies } from './bodies.ts';
import type { DataFolder } from './data-folder.ts';
import type { Plan } from './plan.ts';
import { explain } from './ports.ts';
import { type Arrival, openReceiving } from './receiving.ts';
import { asService, type OnStop, type Services } from './services.ts';
import { openSmtp } from './smtp.ts';
import type { Trace } from './trace.ts';
import { type Forced, openVerdicts } from './verdicts.ts';

export interface DoorParts {
  plan: Plan;
  port: number;
  folder: DataFolder;
  services: Services;
  trace: Trace;
}

export interface Door {
  /** `smtp://127.0.0.1:PORT` */
  address: string;
  /** Takes a mail as SES does that has accepted it, past SMTP, with the verdicts as found or as given. */
  receive(mail: Incoming): Promise<{ messageId: string }>;
}

export type Incoming = Omit<Arrival, 'message' | 'forced'> & { raw: Chunks; verdicts?: Forced };

/** Where mail comes in: SMTP, and what SES does with a mail that it has accepted. */
export async function openDoor({ plan, port, folder, services, trace }: DoorParts, onStop: OnStop): Promise<Door> {
  const { gateway, s3, sns, ses } = services;
  const { activeRuleSet } = ses;
  const bodies = openBodies(folder.path('receiving'));
  bodies.keepOnly([]);
  const receive = openReceiving({
    ...plan,
    activeRuleSet,
    bodies,
    judge: openVerdicts(),
    put: s3.put,
    publish: sns.publish,
    asSes: (service, need, work) => gateway.perform(asService('ses.amazonaws.com'), service, need, work),
    trace,
  });
  const door = { ...plan, port, dir: folder.path('smtp'), activeRuleSet, bodies, receive };
  const smtp = await openSmtp(door).catch((error) => {
    throw new Error(explain(error, port, 'SMTP_PORT'));
  });
  onStop(smtp.close);
  return {
    address: `smtp://127.0.0.1:${smtp.port}`,
    async receive({ raw, verdicts, ...mail }) {
      const message = await bodies.keep(raw);
      return receive({ ...mail, message, forced: verdicts }).finally(() => bodies.discard(message));
    },
  };
}
