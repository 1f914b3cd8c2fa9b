import { status } from '@grpc/grpc-js';
import { type Entry, Journal } from './journal';
import { checkName, projectOf } from './names';
import { type PubsubMessage, Refused, type SubscriptionWire } from './protocol';
import { Subscription } from './subscription';

/** Topics, subscriptions and their messages. What is in the journal outlives this process. */

const EXPIRE_EVERY_MS = 100;
const DEFAULT_ACK_DEADLINE_S = 10;
/** Beyond this it refuses, instead of filling memory and disk. */
const MAX_BYTES = 256 * 1024 * 1024;
/** What a message takes beside its data, about. */
const MESSAGE_BYTES = 200;
const DELETED_TOPIC = '_deleted-topic_';

export class Broker {
  readonly #topics = new Set<string>();
  readonly #subscriptions = new Map<string, Subscription>();
  /** Ids are never given twice, also not after a restart: they begin with the time. */
  #nextId = Date.now() * 1_000;
  #bytes = 0;
  #journal: Journal | null = null;
  #timer: NodeJS.Timeout | undefined;

  static async open(folder: string): Promise<Broker> {
    const broker = new Broker();
    broker.#journal = await Journal.open(
      folder,
      (entry) => broker.#apply(entry),
      () => broker.#snapshot(),
    );
    broker.#timer = setInterval(() => {
      for (const subscription of broker.#subscriptions.values()) subscription.expire();
    }, EXPIRE_EVERY_MS);
    return broker;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#journal?.close();
  }

  async createTopic(name: string): Promise<void> {
    checkName('topic', name);
    if (this.#topics.has(name)) throw new Refused(status.ALREADY_EXISTS, 'Topic already exists');
    await this.#keep({ kind: 'topic', name });
  }

  topic(name: string): void {
    checkName('topic', name);
    if (!this.#topics.has(name)) throw new Refused(status.NOT_FOUND, 'Topic not found');
  }

  async deleteTopic(name: string): Promise<void> {
    this.topic(name);
    await this.#keep({ kind: 'no-topic', name });
  }

  topicsOf(project: string): string[] {
    return [...this.#topics].filter((name) => projectOf(name) === project).toSorted();
  }

  async createSubscription(wanted: SubscriptionWire): Promise<SubscriptionWire> {
    const { name, topic } = wanted;
    checkName('subscription', name);
    this.topic(topic);
    const ackDeadlineSeconds = wanted.ackDeadlineSeconds === 0 ? DEFAULT_ACK_DEADLINE_S : wanted.ackDeadlineSeconds;
    checkDeadline(ackDeadlineSeconds, 10);
    if (this.#subscriptions.has(name)) throw new Refused(status.ALREADY_EXISTS, 'Subscription already exists');
    const subscription = { name, topic, ackDeadlineSeconds };
    await this.#keep({ kind: 'subscription', subscription });
    return subscription;
  }

  subscription(name: string): Subscription {
    checkName('subscription', name);
    const subscription = this.#subscriptions.get(name);
    if (subscription === undefined) throw new Refused(status.NOT_FOUND, 'Subscription does not exist');
    return subscription;
  }

  async deleteSubscription(name: string): Promise<void> {
    const subscription = this.subscription(name);
    subscription.endStreams(new Refused(status.NOT_FOUND, 'Subscription does not exist'));
    await this.#keep({ kind: 'no-subscription', name });
  }

  subscriptionsOf(project: string): SubscriptionWire[] {
    return [...this.#subscriptions.values()].map(({ wire }) => wire).filter(({ name }) => projectOf(name) === project);
  }

  /** Resolves with the ids once all are in the journal; those of a topic without a subscription go nowhere. */
  async publish(topic: string, messages: readonly PubsubMessage[]): Promise<string[]> {
    this.topic(topic);
    if (messages.length === 0 || messages.length > 1_000)
      throw new Refused(status.INVALID_ARGUMENT, 'A publish request has 1 to 1000 messages.');
    if (messages.some(({ data, attributes }) => data.length === 0 && Object.keys(attributes).length === 0))
      throw new Refused(status.INVALID_ARGUMENT, 'Each message has data or attributes.');
    if (this.#bytes > MAX_BYTES)
      throw new Refused(status.RESOURCE_EXHAUSTED, 'The embedded server is full: more than 256 MiB wait.');
    const to = [...this.#subscriptions.values()]
      .filter(({ wire }) => wire.topic === topic)
      .map(({ wire }) => wire.name);
    const now = Date.now();
    const publishTime = { seconds: Math.floor(now / 1_000), nanos: (now % 1_000) * 1e6 };
    const ids = messages.map(({ data, ...rest }) => {
      const messageId = String(this.#nextId++);
      const entry = {
        kind: 'message' as const,
        to,
        message: { ...rest, messageId, publishTime },
        data: data.toString('base64'),
      };
      this.#apply(entry);
      if (to.length > 0) this.#journal?.append(entry);
      return messageId;
    });
    for (const name of to) this.#subscriptions.get(name)?.pump();
    await this.#journal?.flushed();
    return ids;
  }

  /** In the journal a little later: who is told twice must be able to bear it anyhow. */
  acknowledge(subscription: Subscription, ackIds: readonly string[]): void {
    const done = subscription.acknowledge(ackIds);
    if (done.length === 0) return;
    for (const { data } of done) this.#bytes -= data.length + MESSAGE_BYTES;
    this.#journal?.append({
      kind: 'ack',
      subscription: subscription.wire.name,
      messageIds: done.map(({ messageId }) => messageId),
    });
    void this.#journal?.flushed();
  }

  async #keep(entry: Entry): Promise<void> {
    this.#apply(entry);
    this.#journal?.append(entry);
    await this.#journal?.flushed();
  }

  #apply(entry: Entry): void {
    switch (entry.kind) {
      case 'topic':
        this.#topics.add(entry.name);
        return;
      case 'no-topic':
        this.#topics.delete(entry.name);
        for (const { wire } of this.#subscriptions.values()) if (wire.topic === entry.name) wire.topic = DELETED_TOPIC;
        return;
      case 'subscription':
        this.#subscriptions.set(entry.subscription.name, new Subscription(entry.subscription));
        return;
      case 'no-subscription':
        for (const { data } of this.#subscriptions.get(entry.name)?.messages ?? [])
          this.#bytes -= data.length + MESSAGE_BYTES;
        this.#subscriptions.delete(entry.name);
        return;
      case 'message': {
        const message = { ...entry.message, data: Buffer.from(entry.data, 'base64') };
        for (const name of entry.to) {
          this.#subscriptions.get(name)?.add(message);
          this.#bytes += message.data.length + MESSAGE_BYTES;
        }
        return;
      }
      case 'ack': {
        const done = this.#subscriptions.get(entry.subscription)?.acknowledge(entry.messageIds.map((id) => `${id}-`));
        for (const { data } of done ?? []) this.#bytes -= data.length + MESSAGE_BYTES;
        return;
      }
    }
  }

  *#snapshot(): Iterable<Entry> {
    for (const name of this.#topics) yield { kind: 'topic', name };
    for (const subscription of this.#subscriptions.values()) {
      yield { kind: 'subscription', subscription: subscription.wire };
      for (const { data, ...message } of subscription.messages)
        yield { kind: 'message', to: [subscription.wire.name], message, data: data.toString('base64') };
    }
  }
}

/** Throws INVALID_ARGUMENT. */
export function checkDeadline(seconds: number, least: number): void {
  if (seconds < least || seconds > 600)
    throw new Refused(status.INVALID_ARGUMENT, `An acknowledgement deadline has ${least} to 600 s, not ${seconds}.`);
}
