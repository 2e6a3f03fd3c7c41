import type { ConfigurationSetPlan } from './plan.ts';
import { type EventAccount, eventsOf, type SendingEvent, type Sent } from './sending-events.ts';

/** Publishes as ses.amazonaws.com on behalf of the configuration set; rejects where the topic's policy does not let it. */
export type PublishEvent = (topicArn: string, configurationSetArn: string, message: string) => Promise<void>;

export interface EventPublishing {
  /** Tells the topics of the mail's configuration set what became of it, soon after. */
  tell(sent: Sent): void;
  /** Resolves once all that was to be told is told. */
  settled(): Promise<void>;
}

/**
 * Event publishing goes on by itself: SendRawEmail neither waits for it nor fails with it, and an event may come before
 * its answer. What a topic refuses is lost, as on AWS; here the trace has the refusal.
 */
export function openEventPublishing(account: EventAccount, publish: PublishEvent, now: () => number): EventPublishing {
  const underWay = new Set<Promise<void>>();
  return {
    tell(sent) {
      const set = account.configurationSets.find(({ name }) => name === sent.mail.configurationSet);
      if (!set?.eventDestinations.length) return;
      const telling = tellAll(set, sent).finally(() => underWay.delete(telling));
      underWay.add(telling);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };

  async function tellAll({ arn, eventDestinations }: ConfigurationSetPlan, sent: Sent): Promise<void> {
    await new Promise(setImmediate);
    for (const event of eventsOf(sent, account, now())) {
      const wanted = eventDestinations.filter(({ events }) => events.includes(settingOf(event)));
      const message = JSON.stringify(event);
      for (const { topicArn } of wanted) await publish(topicArn, arn, message).catch(() => undefined);
    }
  }
}

/** `Bounce` is chosen in a configuration set as `bounce`. */
const settingOf = ({ eventType }: SendingEvent) => eventType.charAt(0).toLowerCase() + eventType.slice(1);
