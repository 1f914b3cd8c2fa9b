import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientDuplexStream, credentials, makeClientConstructor, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import {
  publisherService,
  type StreamingPullRequest,
  type StreamingPullResponse,
  subscriberService,
} from '../../src/routes/pubsub/embedded/protocol';
import { pubsubServer } from '../../src/routes/pubsub/server';
import { givenServer } from '../../src/routes/server/given-server';
import { namePrograms } from '../../src/routes/server/own-program';
import { RunningServer } from '../../src/routes/server/run-server';

/** The same calls to the embedded server and to Google's emulator: what holds for one has to hold for the other. */

type Calls = Record<
  string,
  (request: object, callback: (error: ServiceError | null, response: unknown) => void) => void
>;
type Pulling = Calls & { streamingPull(): ClientDuplexStream<Partial<StreamingPullRequest>, StreamingPullResponse> };
type Received = StreamingPullResponse['receivedMessages'][number];

let number = 0;

/** A topic's and a subscription's name that nobody has used. */
function names() {
  number += 1;
  const id = `conformance-${process.pid}-${number}`;
  return { topic: `projects/bulkhead/topics/${id}`, subscription: `projects/bulkhead/subscriptions/${id}` };
}

function call<Response>(client: Calls, method: string, request: object): Promise<Response> {
  return new Promise((resolve, reject) => {
    client[method]?.call(client, request, (error: ServiceError | null, response: unknown) =>
      error === null ? resolve(response as Response) : reject(error),
    );
  });
}

/** One streaming pull, and what has come over it. */
class Pull {
  readonly stream: ReturnType<Pulling['streamingPull']>;
  readonly received: Received[] = [];
  readonly ended: Promise<ServiceError>;

  constructor(client: Pulling, subscription: string, limits: Partial<StreamingPullRequest> = {}) {
    this.stream = client.streamingPull();
    this.ended = new Promise((resolve) => this.stream.once('error', (error) => resolve(error as ServiceError)));
    this.stream.on('error', () => undefined);
    this.stream.on('data', ({ receivedMessages }: StreamingPullResponse) => {
      this.received.push(...receivedMessages);
      this.stream.emit('received');
    });
    this.stream.write({ subscription, streamAckDeadlineSeconds: 10, ...limits });
  }

  async until(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise((resolve) => this.stream.once('received', resolve));
    return this.received;
  }

  texts(): string[] {
    return this.received.map(({ message }) => message.data.toString());
  }
}

const SERVERS = [
  { title: 'the embedded server', mode: 'embedded' },
  { title: "Google's emulator", mode: 'emulator' },
];

describe.each(SERVERS)('$title', ({ mode }) => {
  let server: RunningServer | null = null;
  let missing: string | null = null;
  let folder = '';
  let publisher: Calls;
  let subscriber: Pulling;

  beforeAll(async () => {
    const given = mode === 'emulator' ? givenServer('pubsub') : null;
    let url = given?.url ?? '';
    if (given === null || given.mode !== 'emulator') {
      namePrograms(inject('programs'));
      const found = pubsubServer.find(mode);
      if ('missing' in found) {
        missing = found.missing;
        return;
      }
      folder = mkdtempSync(join(tmpdir(), 'bulkhead-pubsub-'));
      server = new RunningServer(await pubsubServer.plan(found.file, folder, mode));
      await server.start();
      url = server.url;
    }
    const parts = [new URL(url).host, credentials.createInsecure()] as const;
    publisher = new (makeClientConstructor(publisherService, 'Publisher'))(...parts) as unknown as Calls;
    subscriber = new (makeClientConstructor(subscriberService, 'Subscriber'))(...parts) as unknown as Pulling;
  });
  beforeEach(({ skip }) => {
    if (missing !== null) skip(missing);
  });
  afterAll(async () => {
    await server?.stop();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  const make = async () => {
    const made = names();
    await call(publisher, 'createTopic', { name: made.topic });
    await call(subscriber, 'createSubscription', { name: made.subscription, topic: made.topic });
    return made;
  };
  const publish = async (topic: string, ...texts: string[]) => {
    const messages = texts.map((text) => ({ data: Buffer.from(text), attributes: { a: 'b' } }));
    return (await call<{ messageIds: string[] }>(publisher, 'publish', { topic, messages })).messageIds;
  };

  test('a topic is made once, found and listed', async () => {
    const { topic } = names();
    expect(await call(publisher, 'createTopic', { name: topic })).toMatchObject({ name: topic });
    await expect(call(publisher, 'createTopic', { name: topic })).rejects.toMatchObject({
      code: status.ALREADY_EXISTS,
    });
    expect(await call(publisher, 'getTopic', { topic })).toMatchObject({ name: topic });
    const { topics } = await call<{ topics: Array<{ name: string }> }>(publisher, 'listTopics', {
      project: 'projects/bulkhead',
    });
    expect(topics.map(({ name }) => name)).toContain(topic);
    await call(publisher, 'deleteTopic', { topic });
    await expect(call(publisher, 'getTopic', { topic })).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  test('a subscription needs a topic, is made once, found and listed', async () => {
    const { topic, subscription: name } = names();
    const wanted = { name, topic };
    await expect(call(subscriber, 'createSubscription', wanted)).rejects.toMatchObject({ code: status.NOT_FOUND });
    await call(publisher, 'createTopic', { name: topic });
    const made = { name, topic, ackDeadlineSeconds: 10 };
    expect(await call(subscriber, 'createSubscription', wanted)).toMatchObject(made);
    await expect(call(subscriber, 'createSubscription', wanted)).rejects.toMatchObject({
      code: status.ALREADY_EXISTS,
    });
    expect(await call(subscriber, 'getSubscription', { subscription: name })).toMatchObject(made);
    const { subscriptions } = await call<{ subscriptions: Array<{ name: string }> }>(subscriber, 'listSubscriptions', {
      project: 'projects/bulkhead',
    });
    expect(subscriptions.map((each) => each.name)).toContain(name);
    await call(subscriber, 'deleteSubscription', { subscription: name });
    await expect(call(subscriber, 'getSubscription', { subscription: name })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
  });

  test.each(['ab', 'goog-topic', '1topic', 'a b c'])('%j is no name of a topic', async (id) => {
    await expect(call(publisher, 'createTopic', { name: `projects/bulkhead/topics/${id}` })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  test('what is published to a topic that is not there is refused, and so is an empty message', async () => {
    const { topic } = await make();
    await expect(publish(names().topic, 'x')).rejects.toMatchObject({ code: status.NOT_FOUND });
    await expect(call(publisher, 'publish', { topic, messages: [{}] })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });

  test('a message comes with its data, attributes, id and time', async () => {
    const { topic, subscription } = await make();
    const [id] = await publish(topic, 'hello');
    const [first] = await new Pull(subscriber, subscription).until(1);
    expect(first?.message).toMatchObject({ messageId: id, attributes: { a: 'b' } });
    expect(first?.message.data.toString()).toBe('hello');
    expect(Number(first?.message.publishTime?.seconds)).toBeGreaterThan(1_600_000_000);
  });

  test('what was published before there was a subscription is accepted and goes nowhere', async () => {
    const { topic, subscription } = names();
    await call(publisher, 'createTopic', { name: topic });
    expect(await publish(topic, 'early')).toHaveLength(1);
    await call(subscriber, 'createSubscription', { name: subscription, topic });
    await publish(topic, 'late');
    const pull = new Pull(subscriber, subscription);
    await pull.until(1);
    expect(pull.texts()).toEqual(['late']);
  });

  test('each of two subscriptions gets every message', async () => {
    const { topic, subscription } = await make();
    const other = names().subscription;
    await call(subscriber, 'createSubscription', { name: other, topic });
    await publish(topic, 'both');
    for (const name of [subscription, other]) {
      const pull = new Pull(subscriber, name);
      await pull.until(1);
      expect(pull.texts()).toEqual(['both']);
    }
  });

  test('what is given back comes again, what is acknowledged does not', async () => {
    const { topic, subscription } = await make();
    await publish(topic, 'again', 'done');
    const pull = new Pull(subscriber, subscription);
    const [first, second] = await pull.until(2);
    const [again, done] = first?.message.data.toString() === 'again' ? [first, second] : [second, first];
    await call(subscriber, 'acknowledge', { subscription, ackIds: [done?.ackId] });
    await call(subscriber, 'modifyAckDeadline', { subscription, ackIds: [again?.ackId], ackDeadlineSeconds: 0 });
    await pull.until(3);
    expect(pull.texts()[2]).toBe('again');
    // A later one shows that nothing more was on its way.
    await publish(topic, 'last');
    await pull.until(4);
    expect(pull.texts()[3]).toBe('last');
  });

  test('what is not acknowledged before its deadline comes again, also over another stream', async () => {
    const { topic, subscription } = await make();
    await publish(topic, 'kept');
    const gone = new Pull(subscriber, subscription);
    await gone.until(1);
    gone.stream.cancel();
    const next = new Pull(subscriber, subscription);
    await next.until(1);
    expect(next.texts()).toEqual(['kept']);
  });

  test('a stream has no more without acknowledgement than it has said', async ({ skip }) => {
    if (mode === 'emulator') skip("Google's emulator does not heed the limits of a stream.");
    const { topic, subscription } = await make();
    const pull = new Pull(subscriber, subscription, { maxOutstandingMessages: 2, maxOutstandingBytes: 1_000_000 });
    await publish(topic, '1', '2', '3', '4', '5');
    let acknowledged = 0;
    while (acknowledged < 5) {
      await pull.until(acknowledged + 1);
      expect(pull.received.length).toBeLessThanOrEqual(acknowledged + 2);
      const one = pull.received[acknowledged];
      acknowledged += 1;
      await call(subscriber, 'acknowledge', { subscription, ackIds: [one?.ackId] });
    }
    expect(pull.texts().toSorted()).toEqual(['1', '2', '3', '4', '5']);
  });

  test('a stream acknowledges as well', async () => {
    const { topic, subscription } = await make();
    const pull = new Pull(subscriber, subscription, { maxOutstandingMessages: 1 });
    await publish(topic, '1', '2');
    const [first] = await pull.until(1);
    pull.stream.write({ ackIds: [first?.ackId ?? ''] });
    await pull.until(2);
    expect(pull.texts().toSorted()).toEqual(['1', '2']);
  });

  test('a stream of a subscription that is not there, or goes, ends with NOT_FOUND', async () => {
    expect(await new Pull(subscriber, names().subscription).ended).toMatchObject({ code: status.NOT_FOUND });
    const { subscription, topic } = await make();
    const pull = new Pull(subscriber, subscription);
    await publish(topic, 'here');
    await pull.until(1);
    await call(subscriber, 'deleteSubscription', { subscription });
    expect(await pull.ended).toMatchObject({ code: status.NOT_FOUND });
  });
});
