// @ts-check
// What a route costs beyond its messaging system: the programs of the route ÷ minimal scripts with the same clients
// (routes-bare.mjs) on the same path (post → receiver → system → subscriber → post → collector), in turns within one run.
// `node tests/bench/routes-overhead.mjs [--rounds=N] [http grpc nats nats-jetstream rabbitmq pubsub]`, after
// `npm run build`. Needs an otherwise idle machine; how long the programs waited for a core is told with the rest.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { postTo } from './routes-bare.mjs';

const programs = path.resolve(import.meta.dirname, '../../out/main/routes');
const minimalScripts = path.join(import.meta.dirname, 'routes-bare.mjs');
const posts = { warmUp: 4_000, one: 1_000, many: 5_000 };
const users = 32;
/** So long nothing has to arrive for the rest to be lost. */
const quietMs = 5_000;
const body = JSON.stringify({ name: 'A B', location: 'C', age: 30, infectedtype: 'unknown', state: 'mild' });
/** Route and mode of each, and the sets of minimal scripts it is divided by. */
const contests = {
  http: { route: 'http', mode: 'direct', bare: ['http', 'http-node'] },
  grpc: { route: 'grpc', mode: 'unary', bare: ['grpc'] },
  nats: { route: 'nats', mode: 'core', bare: ['nats'] },
  'nats-jetstream': { route: 'nats', mode: 'jetstream', bare: ['nats-jetstream'] },
  rabbitmq: { route: 'rabbitmq', mode: 'confirmed', bare: ['rabbitmq'] },
  pubsub: { route: 'pubsub', mode: 'embedded', bare: ['pubsub'] },
};

/** @typedef {{ url: string, pid: number, send: (order: object) => void, end: () => Promise<void> }} Running */
/** @param {string} file @param {string[]} args @returns {Promise<Running>} */
async function start(file, args) {
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  for (;;) {
    const [report] = await Promise.race([once(child, 'message'), ended.then(() => [null])]);
    if (report === null) throw new Error(`${file} ${args.join(' ')} has ended.`);
    if (report.type === 'ready')
      return {
        url: report.url,
        pid: child.pid ?? 0,
        send: (order) => void child.send(order),
        async end() {
          child.kill('SIGTERM');
          await ended;
        },
      };
  }
}

const ofRoute = (/** @type {string} */ name, /** @type {object} */ settings) =>
  start(path.join(programs, `${name}.js`), [JSON.stringify(settings)]);
const minimal = (/** @type {string[]} */ ...args) => start(minimalScripts, args);

/** One way from a post to its collector. `begin` counts anew. */
class Arm {
  #runs = 0;
  /** @type {string | null} */
  run = null;

  /**
   * @param {string} name @param {string} url @param {Running[]} processes
   * @param {(run: string) => Promise<void>} follow @param {() => Promise<{ count: number, p50Ms: number }>} arrived
   */
  constructor(name, url, processes, follow, arrived) {
    this.name = name;
    this.post = postTo(url);
    this.processes = processes;
    this.follow = follow;
    this.arrived = arrived;
  }

  async begin() {
    this.run = `${this.name}-${(this.#runs += 1)}`;
    await this.follow(this.run);
  }

  /** Nanoseconds that the processes have run, and have waited for a core. */
  cpu() {
    const sums = { ran: 0, waited: 0 };
    for (const { pid } of this.processes)
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const [ran, waited] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
        sums.ran += Number(ran);
        sums.waited += Number(waited);
      }
    return sums;
  }
}

/** @param {Arm} arm @param {number} count @param {number} atOnce until all have arrived */
async function drive(arm, count, atOnce) {
  await arm.begin();
  const clock = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  /** @type {number[]} */
  const times = [];
  let next = 0;
  const before = arm.cpu();
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const number = next++;
        const [seconds, nanoseconds] = process.hrtime();
        const from = performance.now();
        const status = await arm.post(body, `${arm.run} ${number} ${seconds * 1e9 + nanoseconds} ${clock}`);
        if (status !== 202) throw new Error(`A post to ${arm.name} was answered with ${status}.`);
        times.push(performance.now() - from);
      }
    }),
  );
  let arrived = await arm.arrived();
  let tookMs = performance.now() - startedAt;
  for (let quietSince = performance.now(); arrived.count < count;) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const now = await arm.arrived();
    tookMs = performance.now() - startedAt;
    if (now.count > arrived.count) quietSince = performance.now();
    else if (performance.now() - quietSince > quietMs) throw new Error(`${arm.name}: ${count - now.count} are lost.`);
    arrived = now;
  }
  const after = arm.cpu();
  return {
    responseMs: times.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN,
    endToEndMs: arrived.p50Ms,
    perSecond: count / (tookMs / 1_000),
    cpuUs: (after.ran - before.ran) / count / 1_000,
    waited: (after.waited - before.waited) / 1e6 / tookMs,
  };
}

const json = async (/** @type {string} */ url) => (await fetch(url)).json();

/** @param {{ route: string, mode: string }} which @param {string} url of the system @returns {Promise<Arm>} */
async function routeArm({ route, mode }, url) {
  const collector = await ofRoute('collector', {});
  const processes = [collector];
  const settings = { route, mode, url: route === 'http' ? collector.url : url };
  if (route !== 'http')
    // As the minimal one, core NATS' subscriber has no bound that is met: what it drops is another measurement.
    processes.push(await ofRoute('subscriber', { ...settings, collector: collector.url, maxInFlight: 10_000 }));
  const receiver = await ofRoute('receiver', {
    ...settings,
    url: route === 'grpc' ? (processes[1]?.url ?? '') : settings.url,
  });
  processes.push(receiver);
  const arrived = async () => {
    const { distinct, endToEndMs } = (await json(`${collector.url}stats`)).followed?.paths[route] ?? { distinct: 0 };
    return { count: distinct, p50Ms: endToEndMs?.p50 ?? 0 };
  };
  const follow = async (/** @type {string} */ run) => {
    collector.send({ type: 'follow', run });
    while ((await json(`${collector.url}stats`)).followed?.run !== run);
  };
  return new Arm('route', receiver.url, processes, follow, arrived);
}

/** @param {string} name @param {string} url of the system @returns {Promise<Arm>} */
async function bareArm(name, url) {
  const collector = await minimal('collector');
  const processes = [collector];
  if (!name.startsWith('http')) processes.push(await minimal(`${name}-subscriber`, url, collector.url));
  const system = name.startsWith('http') ? collector.url : name === 'grpc' ? (processes[1]?.url ?? '') : url;
  const receiver = await minimal(`${name}-receiver`, system);
  processes.push(receiver);
  const follow = async () => {
    collector.send({ reset: true });
    while ((await json(collector.url)).count > 0);
  };
  return new Arm(name, receiver.url, processes, follow, () => json(collector.url));
}

/** The quotient of each round, the route's figure ÷ the minimal one's: median, and worst and best. @param {number[]} values */
function told(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [best, middle, worst] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return `${middle?.toFixed(2)} (${best?.toFixed(2)}–${worst?.toFixed(2)})`;
}

/** @param {keyof typeof contests} name @param {number} rounds */
async function compare(name, rounds) {
  const { route, mode, bare } = contests[name];
  const served = !['http', 'grpc'].includes(route);
  const server = served ? await ofRoute('server', { route, mode }) : null;
  const url = server?.url ?? '127.0.0.1:0';
  const arms = [await routeArm({ route, mode }, url)];
  for (const each of bare) arms.push(await bareArm(each, url));
  for (const arm of arms) {
    // Until the connection to the system is there; and what is compiled, is.
    while ((await arm.post(body, `warm-up 0 0 0`)) !== 202) await new Promise((resolve) => setTimeout(resolve, 50));
    await drive(arm, posts.warmUp, users);
    await drive(arm, posts.warmUp, 1);
  }
  /** @typedef {Awaited<ReturnType<typeof drive>>} Figures @type {Map<Arm, { one: Figures[], many: Figures[] }>} */
  const results = new Map(arms.map((arm) => [arm, { one: [], many: [] }]));
  for (let round = 0; round < rounds; round += 1)
    // Each goes first once in a while.
    for (const arm of [...arms.slice(round % arms.length), ...arms.slice(0, round % arms.length)]) {
      results.get(arm)?.one.push(await drive(arm, posts.one, 1));
      results.get(arm)?.many.push(await drive(arm, posts.many, users));
    }
  const middle = (/** @type {number[]} */ values) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  for (const arm of arms) {
    const { one, many } = /** @type {{ one: Figures[], many: Figures[] }} */ (results.get(arm));
    console.log(
      [
        name.padEnd(14),
        arm.name.padEnd(14),
        `one user: response ${middle(one.map((each) => each.responseMs)).toFixed(3)}, end to end ${middle(one.map((each) => each.endToEndMs)).toFixed(3)} ms, ${middle(one.map((each) => each.cpuUs)).toFixed(0)} µs CPU a message`,
        `${users} users: ${middle(many.map((each) => each.perSecond)).toFixed(0)} a second, ${middle(many.map((each) => each.cpuUs)).toFixed(0)} µs CPU a message`,
        `waiting for a core ${middle(many.map((each) => each.waited)).toFixed(2)} of the time`,
      ].join('; '),
    );
  }
  const [own, ...others] = arms.map((arm) => /** @type {{ one: Figures[], many: Figures[] }} */ (results.get(arm)));
  for (const [index, other] of others.entries()) {
    const ratio = (/** @type {"one" | "many"} */ which, /** @type {(figures: Figures) => number} */ pick) =>
      told(
        (own?.[which] ?? []).map(
          (figures, round) => pick(figures) / pick(/** @type {Figures} */ (other[which][round])),
        ),
      );
    console.log(
      `${name.padEnd(14)} ÷ ${bare[index]?.padEnd(12)} response ${ratio('one', (each) => each.responseMs)}   end to end ${ratio('one', (each) => each.endToEndMs)}   time for all ${ratio('many', (each) => 1 / each.perSecond)}   CPU ${ratio('one', (each) => each.cpuUs)} and ${ratio('many', (each) => each.cpuUs)}`,
    );
  }
  for (const { processes } of arms) for (const each of processes.toReversed()) await each.end();
  await server?.end();
}

const chosen = /** @type {Array<keyof typeof contests>} */ (
  process.argv.slice(2).filter((argument) => argument in contests)
);
const rounds = Number(
  process.argv.find((argument) => argument.startsWith('--rounds='))?.slice('--rounds='.length) ?? 5,
);
for (const name of chosen.length === 0 ? /** @type {Array<keyof typeof contests>} */ (Object.keys(contests)) : chosen)
  await compare(name, rounds);
process.exit();
