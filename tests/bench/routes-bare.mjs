// @ts-check
// The minimal scripts that routes are measured against: the same clients on the same path, from process to process, and
// nothing else. Bytes are handed on as they came, with the header that says when they were posted; nothing is checked,
// bounded, counted by id or timed out. `node tests/bench/routes-bare.mjs ROLE [URL] [COLLECTOR]`, by routes-overhead.mjs.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import process from 'node:process';
import { Pool } from 'undici';

const HEADER = 'bulkhead-message';
const JSON_TYPE = 'application/json';
const MAX_SOCKETS = 64;
const NAME = 'bare';

/** @typedef {(body: string | Buffer, stamp: string) => Promise<number>} Post resolves to the answer's status */

/** By undici, as the routes do it. @param {string} url @returns {Post} */
export function postTo(url) {
  const pool = new Pool(url, { connections: MAX_SOCKETS, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  return (body, stamp) =>
    new Promise((resolve, reject) => {
      let status = 0;
      const headers = ['content-type', JSON_TYPE, HEADER, stamp];
      pool.dispatch(
        { path: '/', method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart(_, code) {
            status = code;
          },
          onResponseData() {},
          onResponseEnd: () => resolve(status),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
}

/** By Node.js' own client. @param {string} url @returns {Post} */
function nodePostTo(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  return (body, stamp) =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(body), [HEADER]: stamp };
      const outgoing = request(url, { agent, method: 'POST', headers }, (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
}

/** @param {(body: string, stamp: string) => number | Promise<number>} take @param {() => string} [stats] */
async function serve(take, stats = () => '') {
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk) => (body += chunk));
    incoming.on('end', async () => {
      if (incoming.method === 'GET') return response.end(stats());
      response.writeHead(await take(body, String(incoming.headers[HEADER])), {
        'Content-Type': JSON_TYPE,
        'Content-Length': 2,
      });
      response.end('{}');
    });
  });
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${port}/` });
}

function nowNs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}

/** What crosses a system: the header, a line feed, the body. @param {string} text @returns {[body: string, stamp: string]} */
function open(text) {
  const end = text.indexOf('\n');
  return [text.slice(end + 1), text.slice(0, end)];
}

/** @type {Record<string, (url: string, collector: string) => Promise<void>>} */
const roles = {
  /** Counts, and takes the time. A message `{ reset: true }` begins anew. */
  async collector() {
    /** @type {number[]} */
    let times = [];
    process.on('message', () => (times = []));
    await serve(
      (_, stamp) => {
        times.push(nowNs() - Number(stamp.split(' ')[2]));
        return 200;
      },
      () => {
        const p50Ms = (times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0) / 1e6;
        return JSON.stringify({ count: times.length, p50Ms });
      },
    );
  },
  async 'http-receiver'(url) {
    const post = postTo(url);
    await serve(async (body, stamp) => ((await post(body, stamp)) === 200 ? 202 : 502));
  },
  async 'http-node-receiver'(url) {
    const post = nodePostTo(url);
    await serve(async (body, stamp) => ((await post(body, stamp)) === 200 ? 202 : 502));
  },
  async 'nats-receiver'(url) {
    const { connect } = await import('@nats-io/transport-node');
    const connection = await connect({ servers: url });
    await serve(async (body, stamp) => {
      connection.publish(NAME, `${stamp}\n${body}`);
      await connection.flush();
      return 202;
    });
  },
  async 'nats-subscriber'(url, collector) {
    const { connect } = await import('@nats-io/transport-node');
    const connection = await connect({ servers: url });
    const post = postTo(collector);
    connection.subscribe(NAME, { callback: (_, message) => void post(...open(message.string())) });
    await connection.flush();
    process.send?.({ type: 'ready', url });
  },
  async 'nats-jetstream-receiver'(url) {
    const { stream } = await bareStream(url);
    await serve(async (body, stamp) => {
      await stream.publish(NAME, `${stamp}\n${body}`);
      return 202;
    });
  },
  async 'nats-jetstream-subscriber'(url, collector) {
    const { stream, manager, AckPolicy } = await bareStream(url);
    await manager.consumers.add(NAME, { durable_name: NAME, ack_policy: AckPolicy.Explicit, max_ack_pending: 1_000 });
    const post = postTo(collector);
    await (
      await stream.consumers.get(NAME, NAME)
    ).consume({
      max_messages: 1_000,
      callback: (message) => void post(...open(message.string())).then(() => message.ack()),
    });
    process.send?.({ type: 'ready', url });
  },
  async 'rabbitmq-receiver'(url) {
    const { connect } = await import('amqplib');
    const channel = await (await connect(url, { noDelay: true })).createConfirmChannel();
    await channel.assertQueue(NAME, { durable: true });
    await serve(
      (body, stamp) =>
        new Promise((resolve) =>
          channel.publish('', NAME, Buffer.from(`${stamp}\n${body}`), { persistent: true }, (error) =>
            resolve(error === null ? 202 : 502),
          ),
        ),
    );
  },
  async 'rabbitmq-subscriber'(url, collector) {
    const { connect } = await import('amqplib');
    const channel = await (await connect(url, { noDelay: true })).createChannel();
    await channel.assertQueue(NAME, { durable: true });
    await channel.prefetch(1_000);
    const post = postTo(collector);
    await channel.consume(NAME, async (message) => {
      if (message === null) return;
      await post(...open(message.content.toString()));
      channel.ack(message);
    });
    process.send?.({ type: 'ready', url });
  },
  async 'grpc-receiver'(url) {
    const { credentials, makeGenericClientConstructor } = await import('@grpc/grpc-js');
    const client = new (makeGenericClientConstructor(await bareService(), NAME))(url, credentials.createInsecure());
    await serve(
      (body, stamp) =>
        new Promise((resolve) => {
          const options = { deadline: Date.now() + 10_000 };
          client['send']?.(Buffer.from(`${stamp}\n${body}`), options, (/** @type {unknown} */ error) =>
            resolve(error === null ? 202 : 502),
          );
        }),
    );
  },
  async 'grpc-subscriber'(url, collector) {
    const { Server, ServerCredentials } = await import('@grpc/grpc-js');
    const server = new Server();
    const post = postTo(collector);
    server.addService(await bareService(), {
      send(/** @type {{ request: Buffer }} */ call, /** @type {(error: null, answer: Buffer) => void} */ callback) {
        void post(...open(call.request.toString())).then(() => callback(null, Buffer.alloc(8)));
      },
    });
    const port = await new Promise((resolve, reject) =>
      server.bindAsync(url, ServerCredentials.createInsecure(), (error, got) =>
        error === null ? resolve(got) : reject(error),
      ),
    );
    process.send?.({ type: 'ready', url: `127.0.0.1:${port}` });
  },
  async 'pubsub-receiver'(url) {
    const { topic } = await barePubsub(url);
    topic.setPublishOptions({ batching: { maxMessages: 100, maxMilliseconds: 1 } });
    await serve(async (body, stamp) => {
      await topic.publishMessage({ data: Buffer.from(`${stamp}\n${body}`) });
      return 202;
    });
  },
  async 'pubsub-subscriber'(url, collector) {
    const { subscription } = await barePubsub(url);
    const post = postTo(collector);
    subscription.setOptions({
      flowControl: { maxMessages: 1_000 },
      streamingOptions: { maxStreams: 1 },
      batching: { maxMilliseconds: 1 },
    });
    subscription.on('message', (message) => void post(...open(message.data.toString())).then(() => message.ack()));
    process.send?.({ type: 'ready', url });
  },
};

/** @param {string} url */
async function bareStream(url) {
  const { connect } = await import('@nats-io/transport-node');
  const { AckPolicy, jetstream, jetstreamManager, RetentionPolicy, StorageType } = await import('@nats-io/jetstream');
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: NAME,
    subjects: [NAME],
    storage: StorageType.File,
    retention: RetentionPolicy.Workqueue,
  });
  return { stream: jetstream(connection), manager, AckPolicy };
}

/** @returns {Promise<import("@grpc/grpc-js").ServiceDefinition>} one unary call, of bytes as they are */
async function bareService() {
  const same = (/** @type {Buffer} */ bytes) => bytes;
  return {
    send: {
      path: '/bare/send',
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
}

/** @param {string} url */
async function barePubsub(url) {
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  const { PubSub } = await import('@google-cloud/pubsub');
  const client = new PubSub({ apiEndpoint: new URL(url).host, emulatorMode: true, projectId: NAME });
  const [topic] = await client.topic('bare-topic').get({ autoCreate: true });
  const [subscription] = await topic.subscription('bare-subscription').get({ autoCreate: true });
  return { topic, subscription };
}

if (process.argv[1] === import.meta.filename) {
  process.on('disconnect', () => process.exit());
  await roles[process.argv[2] ?? '']?.(process.argv[3] ?? '', process.argv[4] ?? '');
}
