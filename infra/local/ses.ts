import { randomUUID } from 'node:crypto';
import { openActiveRuleSet } from './active-rule-set.ts';
import { openEventPublishing, type PublishEvent } from './event-publishing.ts';
import type { AwsRequest, AwsService, Need } from './gateway.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { bodyOffset, headLimit, readFields } from './message-headers.ts';
import type { ReceiptPlan } from './plan.ts';
import { type Account, addressesIn, identityOf, prepare, type SesError, sesError } from './sending.ts';
import { openQuota, type Quota } from './sending-quota.ts';
import type { Trace } from './trace.ts';
import { document, element } from './xml.ts';

export interface SesOptions extends Account {
  /** Keeps the mailbox and which receipt rule set is active. */
  dir: string;
  accountId: string;
  receipt: ReceiptPlan;
  trace?: Trace;
  /** Tells a topic of an event; without it nobody is told. */
  publish?: PublishEvent;
  quota?: Quota;
  now?(): number;
}

export interface Ses extends AwsService {
  mailbox: Mailbox;
  activeRuleSet(): string | undefined;
  /** Resolves once every event is published. */
  settled(): Promise<void>;
  close(): void;
}

type Action = (query: URLSearchParams, caller: string) => string[];

/** The account of a sender of some standing. Where the rate matters, a test sets its own. */
const usual: Quota = { max24HourSend: 100_000, maxSendRate: 1_000 };

/**
 * The sending side of SES and the receipt rule sets (query protocol, version 2010-12-01). What is sent goes to the
 * mailbox, and the topics of its configuration set are told.
 */
export function openSes({ quota = usual, now = Date.now, publish = async () => {}, ...options }: SesOptions): Ses {
  const mailbox = openMailbox(options.dir);
  const ruleSet = openActiveRuleSet(options.dir, options.receipt);
  const events = openEventPublishing(options, publish, now);
  const sending = openQuota(quota, mailbox.list(), now);
  const queries = new WeakMap<AwsRequest, URLSearchParams>();
  const queryOf = (request: AwsRequest) => {
    const query = queries.get(request) ?? new URLSearchParams(request.body?.toString('latin1'));
    queries.set(request, query);
    return query;
  };

  const actions: Record<string, Action> = {
    SendRawEmail(query, caller) {
      const { mail, raw, fields } = prepare(readRawEmail(query), options, now());
      sending.take(mail.to.length);
      mailbox.add(mail, raw);
      options.trace?.add({ kind: 'mail', at: mail.at, what: 'sent', id: mail.id, detail: { ...mail.tags } });
      events.tell({ mail, fields, caller });
      return [element('MessageId', mail.id)];
    },
    GetSendQuota: () => [
      element('Max24HourSend', quota.max24HourSend),
      element('MaxSendRate', quota.maxSendRate),
      element('SentLast24Hours', sending.sentLast24Hours()),
    ],
    DescribeActiveReceiptRuleSet: () => {
      const name = ruleSet.name();
      return name ? [element('Metadata', [element('Name', name)]), element('Rules', [])] : [];
    },
    SetActiveReceiptRuleSet(query) {
      ruleSet.set(query.get('RuleSetName') ?? undefined);
      return [];
    },
  };

  return {
    mailbox,
    activeRuleSet: ruleSet.name,
    needs: (request) => needsOf(queryOf(request), options),
    async handle(request, response) {
      const { status, xml } = answer(actions, queryOf(request), request.caller);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    },
    settled: events.settled,
    close: mailbox.close,
  };
}

function answer(actions: Record<string, Action>, query: URLSearchParams, caller: string) {
  const name = query.get('Action') ?? '';
  const request = element('RequestId', randomUUID());
  try {
    const action = actions[name];
    if (!action)
      throw sesError(
        'InvalidAction',
        `The local SES does not know ${name}: do without, or add it to infra/local/ses.ts.`,
      );
    const result = element(`${name}Result`, action(query, caller));
    return { status: 200, xml: document(`${name}Response`, [result, element('ResponseMetadata', [request])]) };
  } catch (error) {
    const { code, message } = error as SesError;
    const content = [
      element('Type', code ? 'Sender' : 'Receiver'),
      element('Code', code ?? 'InternalFailure'),
      element('Message', message),
    ];
    return { status: code ? 400 : 500, xml: document('ErrorResponse', [element('Error', content), request]) };
  }
}

/** SendRawEmail is asked of the identity and of the configuration set, with the address in From as a condition key. */
function needsOf(query: URLSearchParams, { region, accountId, identities }: SesOptions): Need[] {
  const name = query.get('Action') ?? '';
  const action = `ses:${name}`;
  if (name !== 'SendRawEmail') return [{ action, resource: '*' }];
  // Only the beginning is decoded: From stands in the header section.
  const start = Buffer.from((query.get('RawMessage.Data') ?? '').slice(0, headLimit * 1.5), 'base64');
  const [from = ''] = addressesIn(readFields(start.subarray(0, bodyOffset(start))), ['from']);
  const arn = (resource: string) => `arn:aws:ses:${region}:${accountId}:${resource}`;
  const identity = identityOf(from, identities)?.arn ?? arn(`identity/${from.slice(from.lastIndexOf('@') + 1)}`);
  const set = query.get('ConfigurationSetName');
  const resources = [identity, ...(set ? [arn(`configuration-set/${set}`)] : [])];
  return resources.map((resource) => ({ action, resource, context: { 'ses:FromAddress': from } }));
}

function readRawEmail(query: URLSearchParams) {
  const members = (list: string, field = '') =>
    [...query].filter(([name]) => name.startsWith(`${list}.member.`) && name.endsWith(field)).map(([, value]) => value);
  const values = members('Tags', '.Value');
  return {
    raw: Buffer.from(query.get('RawMessage.Data') ?? '', 'base64'),
    source: query.get('Source') ?? undefined,
    destinations: members('Destinations'),
    configurationSet: query.get('ConfigurationSetName') ?? undefined,
    tags: Object.fromEntries(members('Tags', '.Name').map((name, index) => [name, values[index] ?? ''])),
  };
}
