import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { endAll, ProgramProcess, type Report } from './support/program';
import { missingServer, type Rig, startLoad, startRig } from './support/rig';

/** What waits in each system, as its receiver tells it: it grows while nobody takes messages off, and goes down to none. */

let collector: ProgramProcess;
let collectorUrl = '';
let rig: Rig | null = null;
beforeAll(async () => {
  collector = new ProgramProcess('collector', {});
  collectorUrl = await collector.url();
});
afterEach(async () => {
  for (const program of [collector, rig?.subscriber]) program?.child.kill('SIGCONT');
  for (const program of [rig?.receiver, rig?.subscriber]) await program?.kill();
  await rig?.close();
  rig = null;
});
afterAll(endAll);

const MAX_IN_FLIGHT = 20;
const MANY = 10 * MAX_IN_FLIGHT;
const POSTED = { pace: { kind: 'rate', perSecond: 100 }, loop: true };
const told = (report: Report) => (report.type === 'stats' ? (report['queue'] as number | null) : null) ?? -1;

async function startedOver({ skip }: TestContext, route: 'nats' | 'rabbitmq' | 'pubsub', mode: string): Promise<Rig> {
  const missing = await missingServer(route, mode);
  if (missing !== null) skip(missing);
  rig = await startRig(route, mode, collectorUrl, { maxInFlight: MAX_IN_FLIGHT, subscriberTimeoutMs: 60_000 });
  await rig.receiver.next((report) => told(report) === 0);
  return rig;
}

describe.each([
  ['nats', 'jetstream'],
  ['rabbitmq', 'confirmed'],
  ['pubsub', 'embedded'],
] as const)('%s, %s', (route, mode) => {
  test('a frozen subscriber lets the queue grow; once it goes on nothing waits any more', async (context) => {
    const { receiver, receiverUrl, path, subscriber } = await startedOver(context, route, mode);
    subscriber?.child.kill('SIGSTOP');
    const load = startLoad([{ path, receiverUrl }], collectorUrl, POSTED);
    await receiver.next((report) => told(report) > MANY);
    subscriber?.child.kill('SIGCONT');
    const drained = receiver.next((report) => told(report) === 0);
    load.child.send({ type: 'end-load' });
    await load.report(({ type }) => type === 'result');
    await drained;
  });

  test('a frozen collector as well, with what the subscriber has in hand', async (context) => {
    const { receiver, receiverUrl, path, subscriber } = await startedOver(context, route, mode);
    collector.child.kill('SIGSTOP');
    const load = startLoad([{ path, receiverUrl }], collectorUrl, POSTED);
    // RabbitMQ doesn't count what it has handed out; its subscriber does.
    if (route === 'rabbitmq') await subscriber?.next((report) => report['held'] === MAX_IN_FLIGHT);
    await receiver.next((report) => told(report) > MANY);
    collector.child.kill('SIGCONT');
    const drained = receiver.next((report) => told(report) === 0);
    load.child.send({ type: 'end-load' });
    await load.report(({ type }) => type === 'result');
    await drained;
    if (route === 'rabbitmq') await subscriber?.next((report) => report['held'] === 0);
  });
});

test('a system that is away does not tell, and tells again', async (context) => {
  const { receiver, server } = await startedOver(context, 'nats', 'jetstream');
  await server?.kill('nats-server', 'SIGKILL');
  await receiver.next((report) => report.type === 'stats' && report['queue'] === null);
  await server?.start();
  await receiver.next((report) => told(report) === 0);
});

test('where there is no queue, or nobody to ask, none is told', async () => {
  rig = await startRig('http', 'direct', collectorUrl);
  await rig.receiver.next((report) => report.type === 'stats');
  expect((await rig.receiver.next((report) => report.type === 'stats'))['queue']).toBeNull();
});
