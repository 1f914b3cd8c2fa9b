// @ts-check
// What a route costs beyond its messaging system: the programs of the route ÷ the same client in minimal scripts, on
// the same path (post → receiver → system → subscriber → post → collector), in turns within one run.
// `node tests/bench/routes-overhead.mjs [http nats rabbitmq]`, after `npm run build`. Needs an otherwise idle machine.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import path from 'node:path';
import process from 'node:process';

const programs = path.resolve(import.meta.dirname, '../../out/main/routes');
const rounds = 3;
const posts = { one: 1_000, many: 10_000 };
const users = 32;
const body = JSON.stringify({ name: 'A B', location: 'C', age: 30, infectedtype: 'unknown', state: 'mild' });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** @param {string} url @param {string | Buffer} content @returns {Promise<number>} the answer's status */
function post(url, content) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) };
    const outgoing = request(url, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end(content);
  });
}

/** @param {(content: Buffer) => Promise<number>} take @param {() => string} [stats] */
async function serve(take, stats = () => '') {
  const server = createServer((incoming, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', async () => {
      if (incoming.method === 'GET') return response.end(stats());
      response.writeHead(await take(Buffer.concat(chunks)), { 'Content-Type': 'application/json' });
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.send?.({ type: 'ready', url: `http://127.0.0.1:${port}/` });
}

const queue = 'bare';
/** @type {Record<string, (url: string, collector: string) => Promise<void>>} the minimal scripts */
const bare = {
  async collector() {
    let count = 0;
    await serve(
      async (content) => {
        JSON.parse(content.toString());
        count += 1;
        return 200;
      },
      () => String(count),
    );
  },
  async 'http-receiver'(url) {
    await serve(async (content) => ((await post(url, content)) === 200 ? 202 : 502));
  },
  async 'nats-receiver'(url) {
    const { connect } = await import('@nats-io/transport-node');
    const connection = await connect({ servers: url });
    await serve(async (content) => {
      connection.publish(queue, content);
      await connection.flush();
      return 202;
    });
  },
  async 'nats-subscriber'(url, collector) {
    const { connect } = await import('@nats-io/transport-node');
    const connection = await connect({ servers: url });
    connection.subscribe(queue, { callback: (_, message) => void post(collector, message.string()) });
    await connection.flush();
    process.send?.({ type: 'ready', url });
  },
  async 'rabbitmq-receiver'(url) {
    const { connect } = await import('amqplib');
    const channel = await (await connect(url)).createConfirmChannel();
    await channel.assertQueue(queue, { durable: true });
    await serve(
      (content) =>
        new Promise((resolve) =>
          channel.publish('', queue, content, { persistent: true }, (error) => resolve(error === null ? 202 : 502)),
        ),
    );
  },
  async 'rabbitmq-subscriber'(url, collector) {
    const { connect } = await import('amqplib');
    const channel = await (await connect(url)).createChannel();
    await channel.assertQueue(queue, { durable: true });
    await channel.prefetch(1_000);
    await channel.consume(queue, async (message) => {
      if (message === null) return;
      await post(collector, message.content);
      channel.ack(message);
    });
    process.send?.({ type: 'ready', url });
  },
};

/** @param {string} file @param {string[]} args @returns {Promise<{ url: string, end: () => Promise<void> }>} */
async function start(file, args) {
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  for (;;) {
    const [report] = await Promise.race([once(child, 'message'), ended.then(() => [null])]);
    if (report === null) throw new Error(`${file} ${args.join(' ')} has ended.`);
    if (report.type === 'ready')
      return {
        url: report.url,
        async end() {
          child.kill('SIGTERM');
          await ended;
        },
      };
  }
}

const ofRoute = (/** @type {string} */ name, /** @type {object} */ settings) =>
  start(path.join(programs, `${name}.js`), [JSON.stringify(settings)]);
const minimal = (/** @type {string} */ name, /** @type {string[]} */ ...args) =>
  start(import.meta.filename, [`--bare=${name}`, ...args]);

/**
 * @param {string} url @param {number} count @param {number} atOnce
 * @param {() => Promise<number>} arrived
 * @returns {Promise<{ p50Ms: number, perSecond: number }>} until all have arrived
 */
async function drive(url, count, atOnce, arrived) {
  const before = await arrived();
  /** @type {number[]} */
  const times = [];
  let left = count;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        const status = await post(url, body);
        if (status !== 202) throw new Error(`A post to ${url} was answered with ${status}.`);
        times.push(performance.now() - from);
      }
    }),
  );
  while ((await arrived()) - before < count) await new Promise((resolve) => setTimeout(resolve, 5));
  const perSecond = count / ((performance.now() - startedAt) / 1_000);
  return { p50Ms: times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN, perSecond };
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {string} route */
async function compare(route) {
  const server = route === 'http' ? null : await ofRoute('server', { route });
  const url = server?.url ?? '';
  const [collector, bareCollector] = [await ofRoute('collector', {}), await minimal('collector')];
  const running = [collector, bareCollector];
  if (route !== 'http') {
    running.push(await ofRoute('subscriber', { route, url, collector: collector.url }));
    running.push(await minimal(`${route}-subscriber`, url, bareCollector.url));
  }
  const receiver = await ofRoute('receiver', { route, url: route === 'http' ? collector.url : url });
  const bareReceiver = await minimal(`${route}-receiver`, route === 'http' ? bareCollector.url : url);
  running.push(receiver, bareReceiver);
  const contenders = {
    route: {
      url: receiver.url,
      arrived: async () => (await (await fetch(`${collector.url}stats`)).json()).paths[route]?.distinct ?? 0,
    },
    bare: { url: bareReceiver.url, arrived: async () => Number(await (await fetch(bareCollector.url)).text()) },
  };
  // Until the connection to the system is there; and what is compiled, is.
  for (const { url: to } of Object.values(contenders))
    for (let good = 0; good < 500;) {
      if ((await post(to, body)) === 202) good += 1;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  /** @type {Record<string, { latency: number[], throughput: number[] }>} */
  const results = { route: { latency: [], throughput: [] }, bare: { latency: [], throughput: [] } };
  for (let round = 0; round < rounds; round += 1)
    for (const [name, { url: to, arrived }] of Object.entries(contenders)) {
      results[name]?.latency.push((await drive(to, posts.one, 1, arrived)).p50Ms);
      results[name]?.throughput.push((await drive(to, posts.many, users, arrived)).perSecond);
    }
  for (const each of running.toReversed()) await each.end();
  await server?.end();
  const of = (/** @type {"route" | "bare"} */ name) => ({
    latency: median(results[name]?.latency ?? []),
    throughput: median(results[name]?.throughput ?? []),
  });
  const [own, minimalOnes] = [of('route'), of('bare')];
  console.log(
    [
      route.padEnd(9),
      `p50 ${own.latency.toFixed(3)} ÷ ${minimalOnes.latency.toFixed(3)} ms = ${(own.latency / minimalOnes.latency).toFixed(2)}`,
      `${own.throughput.toFixed(0)} and ${minimalOnes.throughput.toFixed(0)} a second: ${(minimalOnes.throughput / own.throughput).toFixed(2)} times the time`,
    ].join('   '),
  );
}

const role = process.argv.find((argument) => argument.startsWith('--bare='))?.slice('--bare='.length);
if (role !== undefined) {
  process.on('disconnect', () => process.exit());
  await bare[role]?.(process.argv[3] ?? '', process.argv[4] ?? '');
} else {
  const chosen = process.argv.slice(2);
  for (const route of chosen.length === 0 ? ['http', 'nats', 'rabbitmq'] : chosen) await compare(route);
  agent.destroy();
}
