import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import type { Account } from '../../src/shared/routes/ledger';
import { ROUTE_CATALOG, type RouteId, type RouteMode } from '../../src/shared/routes/route-catalog';
import { endAll, ProgramProcess, type Report } from './support/program';
import { missingServer, resultOf, type Rig, startLoad, startRig, sumOf, untilConnected } from './support/rig';

/** Whatever dies in the middle: everything that was sent is accounted for, and each route keeps what it has promised. */

let collector: ProgramProcess;
let collectorUrl = '';
/** The baseline that must not notice. */
let other: Rig;
let rigs: Rig[] = [];
beforeAll(async () => {
  collector = new ProgramProcess('collector', {});
  collectorUrl = await collector.url();
  other = await startRig('http', 'direct', collectorUrl);
});
afterEach(async () => {
  collector.child.kill('SIGCONT');
  for (const rig of rigs) {
    for (const program of [rig.receiver, rig.subscriber]) if (program !== null) await program.kill();
    await rig.close();
  }
  rigs = [];
});
afterAll(endAll);

async function rigFor(
  { skip }: TestContext,
  route: RouteId,
  mode: string,
  limits: Parameters<typeof startRig>[3] = {},
): Promise<Rig> {
  const missing = await missingServer(route, mode);
  if (missing !== null) skip(missing);
  const rig = await startRig(route, mode, collectorUrl, limits);
  rigs.push(rig);
  return rig;
}

const pace = { kind: 'users', users: 10, spawnRate: 1_000, waitMs: [2, 10] };
const steady = { pace, loop: true, distribute: 'all' };
/**
 * Where nothing is ever delivered again, what hasn't come soon is lost; the others wait for the longest deadline. Google's
 * emulator has taken up to a minute to deliver anew what a killed subscriber had.
 */
const settling = ({ id, promise }: RouteMode, serverDied = false) => {
  // What died with it never comes.
  if (id === 'emulator') return { quietMs: serverDied ? 15_000 : 120_000 };
  return promise.delivery === 'at least once' ? {} : { quietMs: 4_000 };
};

interface LaneReport {
  path: string;
  sent: number;
  accepted: number;
  refused: number;
  failed: number;
}

function lane(report: Report, path: string): LaneReport | undefined {
  return (report['lanes'] as LaneReport[] | undefined)?.find((candidate) => candidate.path === path);
}

/** Waits until so many more posts of a lane had this outcome. */
async function more(load: ProgramProcess, path: string, outcome: 'accepted' | 'refused' | 'failed', count: number) {
  const stats = load.reports.findLast(({ type }) => type === 'stats');
  const before = (stats === undefined ? 0 : lane(stats, path)?.[outcome]) ?? 0;
  await load.next((report) => (lane(report, path)?.[outcome] ?? 0) >= before + count);
}

/** Ends the load and checks what holds for every run: all adds up, and the baseline has not noticed. */
async function endOf(load: ProgramProcess, rig: Rig): Promise<Account> {
  load.child.send({ type: 'stop' });
  const { lanes } = await resultOf(load);
  for (const { account } of lanes) {
    expect(sumOf(account)).toBe(account.sent);
    expect(account.unfinished).toBe(0);
  }
  const baseline = lanes.find(({ path }) => path === other.path && rig.path !== other.path)?.account;
  if (baseline !== undefined)
    expect({ ...baseline, all: baseline.delivered === baseline.sent }).toMatchObject({ lost: 0, failed: 0, all: true });
  const account = lanes.find(({ path }) => path === rig.path)?.account as Account;
  return account;
}

/** `serverDied`: what was in it then is kept only where it is durable. */
function keptItsWord(account: Account, { promise }: RouteMode, serverDied = false): void {
  if (serverDied && promise.delivery === 'at least once' && !promise.durable) return;
  // What is lost is told, by id; whether a route loses something at all is a matter of luck where it promises nothing.
  if (promise.delivery === 'at least once') expect(account.lost).toBe(0);
  else expect(account.duplicated).toBe(0);
}

/** Google Cloud's servers are nobody's to kill. */
const modesOf = (route: RouteId) =>
  ROUTE_CATALOG[route].modes
    .filter(({ id }) => id !== 'cloud')
    .map((mode) => ({ route, mode, name: `${ROUTE_CATALOG[route].title}, ${mode.title}` }));
const withServer = (['nats', 'rabbitmq', 'pubsub'] as const).flatMap(modesOf);
const withSubscriber = (['grpc', 'nats', 'rabbitmq', 'pubsub'] as const).flatMap(modesOf);

describe.each(withServer)('$name: the server is killed and started again', ({ route, mode }) => {
  test('while it is away posts are refused, and what was accepted is kept as promised', async (context) => {
    const rig = await rigFor(context, route, mode.id);
    const load = startLoad([rig, other], collectorUrl, { ...steady, ...settling(mode, true) });
    await more(load, rig.path, 'accepted', 100);
    await rig.server?.kill(ROUTE_CATALOG[route].server as string, 'SIGKILL');
    await more(load, rig.path, 'refused', 20);
    await rig.server?.start();
    await untilConnected(rig.receiver);
    await more(load, rig.path, 'accepted', 100);
    const account = await endOf(load, rig);
    expect(account.refused).toBeGreaterThanOrEqual(20);
    keptItsWord(account, mode, true);
  });
});

describe.each(withSubscriber)('$name: the subscriber is killed with messages in hand', ({ route, mode }) => {
  test('they are delivered to the next one, or told as lost', async (context) => {
    const rig = await rigFor(context, route, mode.id, { receiverTimeoutMs: 2_000, subscriberTimeoutMs: 60_000 });
    const load = startLoad([rig], collectorUrl, { ...steady, ...settling(mode) });
    await more(load, rig.path, 'accepted', 100);
    collector.child.kill('SIGSTOP');
    // Frozen, the collector answers nobody: the subscriber has in hand what it has taken from now on.
    await rig.subscriber?.next((report) => report.type === 'stats' && Number(report['inFlight']) >= 5);
    await rig.subscriber?.kill();
    rig.subscriber = await rig.newSubscriber();
    collector.child.kill('SIGCONT');
    await untilConnected(rig.receiver);
    await more(load, rig.path, 'accepted', 100);
    const account = await endOf(load, rig);
    keptItsWord(account, mode);
  });
});

describe.each([{ route: 'http' as const, mode: ROUTE_CATALOG.http.modes[0], name: 'HTTP' }, ...withSubscriber])(
  '$name: the collector is frozen',
  ({ route, mode }) => {
    test('in flight stays within its bound everywhere, and all that was accepted arrives afterwards', async (context) => {
      const maxInFlight = 20;
      const limits = { maxInFlight, receiverTimeoutMs: 1_000, subscriberTimeoutMs: 60_000 };
      const rig = await rigFor(context, route, mode.id, limits);
      const load = startLoad([rig], collectorUrl, {
        ...steady,
        ...settling(mode),
        pace: { kind: 'rate', perSecond: 100 },
        maxInFlight: 300,
      });
      await more(load, rig.path, 'accepted', 20);
      collector.child.kill('SIGSTOP');
      const full = rig.subscriber ?? rig.receiver;
      await full.next((report) => report.type === 'stats' && Number(report['inFlight']) >= maxInFlight);
      // Where a server lies between, or a buffer of the client's, the receiver goes on; elsewhere the bound reaches it.
      const buffered = rig.server !== null || mode.id === 'client-stream';
      await more(load, rig.path, buffered ? 'accepted' : 'refused', 5);
      collector.child.kill('SIGCONT');
      await more(load, rig.path, 'accepted', 20);
      const account = await endOf(load, rig);
      for (const program of [rig.receiver, rig.subscriber])
        for (const report of program?.reports ?? [])
          if (report.type === 'stats') expect(report['inFlight']).toBeLessThanOrEqual(maxInFlight);
      keptItsWord(account, mode);
      // Core NATS can't be held up, so its subscriber drops what it can't hold; nobody else loses anything here.
      if (!(route === 'nats' && mode.id === 'core')) expect(account.lost).toBe(0);
      else expect(account.lost).toBeGreaterThan(0);
    });
  },
);

describe.each(withServer)('$name: the server is frozen', ({ route, mode }) => {
  test('the receiver fills its bound, then refuses, and nothing that was accepted is lost', async (context) => {
    const maxInFlight = 20;
    const rig = await rigFor(context, route, mode.id, { maxInFlight, receiverTimeoutMs: 1_000 });
    const load = startLoad([rig, other], collectorUrl, { ...steady, pace: { ...pace, users: 40 } });
    await more(load, rig.path, 'accepted', 100);
    const pid = rig.server?.pid(ROUTE_CATALOG[route].server as string) as number;
    process.kill(pid, 'SIGSTOP');
    await more(load, rig.path, 'refused', 20);
    process.kill(pid, 'SIGCONT');
    await untilConnected(rig.receiver);
    await more(load, rig.path, 'accepted', 100);
    const account = await endOf(load, rig);
    for (const report of rig.receiver.reports)
      if (report.type === 'stats') expect(report['inFlight']).toBeLessThanOrEqual(maxInFlight);
    keptItsWord(account, mode);
  });
});

test('a receiver that is killed: its posts fail with a reason, and nothing that it had accepted is lost', async (context) => {
  const rig = await rigFor(context, 'rabbitmq', 'confirmed');
  const load = startLoad([rig, other], collectorUrl, steady);
  await more(load, rig.path, 'accepted', 100);
  await rig.receiver.kill();
  await more(load, rig.path, 'failed', 20);
  const account = await endOf(load, rig);
  expect(account.lost).toBe(0);
  expect(account.reasons.failed.map(({ reason }) => reason)).toContain('Connection refused');
});
