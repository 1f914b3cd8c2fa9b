import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LoadForm } from '../../shared/load/form';
import { loadResultSchema } from '../../shared/load/result';
import { render, say } from '../../shared/messages/message';
import type { RouteId } from '../../shared/routes/route-catalog';
import type { Environment } from '../../shared/snapshot';
import { EventLog } from '../event-log';
import { type MadeUpProcess, madeUpLaunch, madeUpRegistry } from '../hosts/made-up-process';
import { ProcessGroup } from '../hosts/process-group';
import { LoadService } from './load-service';

const ENVIRONMENT = { bulkhead: '1', electron: '2', node: '3', os: 'o', cpu: 'c', cores: 2, memoryBytes: 1 };
const FORM: LoadForm = {
  routes: [{ route: 'http', mode: 'direct' }],
  pace: { kind: 'users', users: 5, spawnRate: 5, waitMs: [0, 0] },
  distribute: 'all',
  loop: false,
  durationS: null,
  file: null,
  maxInFlight: 10,
};
const FIGURES = { count: 1, min: 1, p50: 1, p90: 1, p95: 1, p99: 1, max: 1 };
const NO_REASONS = { refused: [], failed: [] };
const KILLED = { reason: 'killed', exitCode: null, signal: 'SIGKILL' } as const;

let folder: string;
let made: Map<string, { settings: Record<string, unknown>; processes: MadeUpProcess[] }>;
/** Programs by name, in the order in which they were asked for. */
let asked: string[];
let events: EventLog;
let service: LoadService;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-load-'));
  made = new Map();
  asked = [];
  events = new EventLog();
  const registry = madeUpRegistry();
  const missing = { find: () => ({ missing: 'nats-server is not installed.', install: 'apt-get install it' }) };
  service = new LoadService({
    environment: ENVIRONMENT as Environment,
    trafficFile: '/traffic.json',
    house: {
      events,
      env: {},
      programs: {
        program: (name, role, settings, onReport) => {
          asked.push(name);
          const processes: MadeUpProcess[] = [];
          const { route = 'http' } = settings as { route?: RouteId };
          const key = route === 'http' ? name : `${route} ${name}`;
          made.set(key, { settings: settings as Record<string, unknown>, processes });
          return { role, kind: 'plugin', title: name, launch: madeUpLaunch(processes), onReport };
        },
        server: () => {
          throw new Error('There is no server to start.');
        },
      },
      serverRecipe: (route: RouteId) =>
        Promise.resolve(route === 'nats' ? { ...missing, title: '', plan: never } : null),
      newGroup: (spec) => new ProcessGroup(spec, events, registry),
      removeGroup: (group) => endGroup(group),
      readFigures: () => new Map(),
      directory: () => folder,
      changed: () => undefined,
    },
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

function never(): never {
  throw new Error('It is not installed.');
}

/** What is asked to end ends. */
async function endGroup(group: ProcessGroup): Promise<void> {
  const stopped = group.stop();
  for (const { processes } of made.values())
    for (const each of processes)
      if (each.told.includes('shutdown')) each.die({ reason: 'clean-exit', exitCode: 0, signal: null });
  await stopped;
}

async function process(name: string): Promise<MadeUpProcess> {
  return vi.waitFor(() => {
    const found = made.get(name)?.processes.at(-1);
    expect(found, name).toBeDefined();
    return found as MadeUpProcess;
  });
}

async function ready(name: string): Promise<MadeUpProcess> {
  const found = await process(name);
  found.says.onMessage({ kind: 'ready' });
  return found;
}

const receiverStats = (away: string | null) => ({ type: 'stats', away, inFlight: 2, maxInFlight: 1_000 });

async function started(): Promise<{ collector: MadeUpProcess; receiver: MadeUpProcess; generator: MadeUpProcess }> {
  expect(service.start(FORM)).toEqual({ ok: true });
  const collector = await ready('collector');
  const receiver = await ready('receiver');
  receiver.says.onPosted(receiverStats(null));
  const generator = await ready('generator');
  await vi.waitFor(() => expect(service.state.kind).toBe('running'));
  return { collector, receiver, generator };
}

const lane = (sent: number, accepted: number) => ({
  path: 'http',
  sent,
  accepted,
  refused: 0,
  failed: 0,
  inFlight: sent - accepted,
  reasons: NO_REASONS,
  responseMs: FIGURES,
  correctedMs: null,
});
const stats = (sent: number, accepted: number) => ({
  type: 'stats',
  phase: 'posting',
  users: 5,
  inFlight: sent - accepted,
  maxInFlight: 10,
  lagMs: null,
  lanes: [lane(sent, accepted)],
});
const result = (sent: number, delivered: number) => ({
  type: 'result',
  seconds: 2,
  lagMs: null,
  lanes: [
    {
      ...lane(sent, sent),
      locust: { mean: 1, percentiles: [] },
      account: {
        ...{ sent, accepted: sent, delivered, duplicated: 0, refused: 0, failed: 0, lost: sent - delivered },
        ...{ unfinished: 0, arrivedAnyway: 0, reasons: NO_REASONS },
      },
    },
  ],
});
const collected = (run: unknown, distinct: number) => ({
  type: 'stats',
  posts: distinct,
  paths: {},
  followed: { run, paths: { http: { distinct, duplicated: 0, endToEndMs: { ...FIGURES, count: distinct } } } },
});

test('a load is started, followed and ended', async () => {
  const { collector, generator } = await started();
  const { settings } = made.get('generator') ?? {};
  expect(settings).toMatchObject({ file: '/traffic.json', pace: FORM.pace, maxInFlight: 10 });
  expect(settings?.['collector']).toBe(service.view().collector.url);
  expect(settings?.['targets']).toEqual([{ path: 'http', url: service.view().routes[0]?.url }]);
  expect(collector.posted).toContainEqual({ type: 'follow', run: settings?.['run'] });

  generator.says.onPosted(stats(7, 5));
  collector.says.onPosted(collected(settings?.['run'], 4));
  collector.says.onPosted(collected('another-run', 99));
  expect(service.view()).toMatchObject({ users: { now: 5, wanted: 5 }, inFlight: { now: 2, most: 10 } });
  expect(service.view().routes[0]).toMatchObject({
    status: { kind: 'running' },
    processIds: ['route:http/receiver'],
    counts: { sent: 7, accepted: 5, delivered: 4, lost: null, inFlight: 2 },
    receiverInFlight: { now: 2, most: 1_000 },
  });
  expect(service.setUsers(9)).toEqual({ ok: true });
  expect(generator.posted).toContainEqual({ type: 'set-users', users: 9 });
  expect(service.start(FORM)).toEqual({ ok: false, message: say('load.running-already') });

  collector.says.onPosted(collected(settings?.['run'], 9));
  generator.says.onPosted(result(10, 9));
  await vi.waitFor(() => expect(service.state.kind).toBe('ended'));
  const saved = loadResultSchema.parse(service.saved?.result);
  expect(saved.routes).toMatchObject([{ route: 'http', sent: 10, delivered: 9, lost: 1, kept: false, per_second: 5 }]);
  expect(saved.environment).toMatchObject({ interrupted: false, load: { records: 0, file: null } });
});

test('a load that is stopped while it starts does not start after all; the one asked for then does', async () => {
  const other: LoadForm = { ...FORM, maxInFlight: 77 };
  expect(service.start(FORM)).toEqual({ ok: true });
  // As fast as somebody can click.
  for (let click = 0; click < 10; click += 1) {
    expect(service.stop()).toEqual({ ok: true });
    expect(service.reset()).toEqual({ ok: true });
    expect(service.start(click === 9 ? other : FORM)).toEqual({ ok: true });
  }
  await ready('collector');
  (await ready('receiver')).says.onPosted(receiverStats(null));
  await ready('generator');
  await vi.waitFor(() => expect(service.state.kind).toBe('running'));
  expect(service.state).toMatchObject({ form: other });
  expect(made.get('generator')?.settings).toMatchObject({ maxInFlight: 77 });
  expect(asked.filter((name) => name === 'generator')).toHaveLength(1);
});

test('a load that is stopped while its generator comes up stays stopped, and that generator goes', async () => {
  expect(service.start(FORM)).toEqual({ ok: true });
  await ready('collector');
  (await ready('receiver')).says.onPosted(receiverStats(null));
  const first = await process('generator');
  expect(service.stop()).toEqual({ ok: true });
  expect(service.state.kind).toBe('idle');
  expect(service.start({ ...FORM, maxInFlight: 77 })).toEqual({ ok: true });
  await vi.waitFor(() => expect(first.told).toContain('shutdown'));
  await vi.waitFor(() => expect(made.get('generator')?.settings).toMatchObject({ maxInFlight: 77 }));
  expect(service.state.kind).toBe('starting');
  await ready('generator');
  await vi.waitFor(() => expect(service.state).toMatchObject({ kind: 'running', form: { maxInFlight: 77 } }));
});

test('what dies is in the events, and nothing is given up for lost until it is back', async () => {
  const { collector, receiver, generator } = await started();
  collector.die(KILLED);
  await vi.waitFor(() => expect(generator.posted).toContainEqual({ type: 'hold', held: true }));
  await vi.waitFor(() => expect(made.get('collector')?.processes).toHaveLength(2));
  await ready('collector');
  await vi.waitFor(() => expect(generator.posted).toContainEqual({ type: 'hold', held: false }));
  receiver.die(KILLED);
  await vi.waitFor(() => expect(service.view().routes[0]?.status.kind).toBe('away'));
  const told = service.view().events.map(({ kind, route, role }) => ({ kind, route, role }));
  expect(told).toEqual([
    { kind: 'kill', route: null, role: 'collector' },
    { kind: 'restart', route: null, role: 'collector' },
    { kind: 'kill', route: 'http', role: 'receiver' },
  ]);
});

/** As often as it takes until it is not started again. */
async function giveUp(name: string, id: string): Promise<void> {
  for (let deaths = 1; deaths <= 3; deaths += 1) {
    await vi.waitFor(() => expect(made.get(name)?.processes).toHaveLength(deaths), 3_000);
    (await process(name)).die(KILLED);
  }
  await vi.waitFor(() =>
    expect(events.all).toContainEqual(expect.objectContaining({ kind: 'given-up', processId: id })),
  );
}

test('for a collector that was given up nothing is held; the next load has it started again, as what else was given up', async () => {
  const { generator } = await started();
  await giveUp('collector', 'load:collector');
  await giveUp('receiver', 'route:http/receiver');
  await vi.waitFor(() => expect(generator.posted.at(-1)).toEqual({ type: 'hold', held: false }));
  generator.says.onPosted({ ...result(0, 0), problem: 'The collector is gone.' });
  await vi.waitFor(() => expect(service.state.kind).toBe('ended'));

  expect(service.start(FORM)).toEqual({ ok: true });
  for (const name of ['collector', 'receiver']) {
    await vi.waitFor(() => expect(made.get(name)?.processes).toHaveLength(4));
    await ready(name);
  }
  await ready('generator');
  await vi.waitFor(() => expect(service.state.kind).toBe('running'));
  for (const name of ['collector', 'receiver']) expect(asked.filter((each) => each === name)).toHaveLength(1);
});

test('when the collector can not be asked at the end, the result has what was known until then', async () => {
  const { collector, generator } = await started();
  collector.says.onPosted(collected(made.get('generator')?.settings['run'], 6));
  const reasons = { refused: [{ reason: '503: away', count: 2 }], failed: [] };
  const posted = { ...lane(9, 7), refused: 2, inFlight: 0, reasons, locust: null };
  const problem = 'The collector can’t be asked.';
  generator.says.onPosted({ ...result(0, 0), lanes: [posted], problem });
  await vi.waitFor(() => expect(service.state.kind).toBe('ended'));
  expect(loadResultSchema.parse(service.saved?.result).routes).toMatchObject([
    { ...{ sent: 9, accepted: 7, delivered: 6, refused: 2, failed: 0, kept: null, unavailable: problem } },
  ]);
  expect(service.saved?.result.routes[0]?.reasons).toEqual([{ kind: 'refused', reason: '503: away', count: 2 }]);
});

test('a generator that dies ends the load with its last words, and is not started again', async () => {
  const { generator } = await started();
  generator.lastWords = ['/traffic.json is refused.'];
  generator.die({ reason: 'abnormal-exit', exitCode: 1, signal: null });
  await vi.waitFor(() => expect(service.state.kind).toBe('failed'));
  if (service.state.kind === 'failed') expect(render(service.state.reason)).toBe('/traffic.json is refused.');
  expect(service.saved).toBeNull();
  expect(made.get('generator')?.processes).toHaveLength(1);
});

test('a route whose server is not installed can not be had, and says what installs it', async () => {
  expect(service.start({ ...FORM, routes: [{ route: 'nats', mode: 'core' }] })).toEqual({ ok: true });
  await ready('collector');
  await vi.waitFor(() => expect(service.state.kind).toBe('failed'));
  const nats = service.view().routes.find(({ route }) => route === 'nats');
  expect(nats?.status).toMatchObject({ kind: 'unavailable', install: 'apt-get install it' });
  expect(made.has('generator')).toBe(false);
});

test('a route that could not be started, and its processes that never were, hold nothing up', async () => {
  const routes: LoadForm['routes'] = [...FORM.routes, { route: 'grpc', mode: 'unary' }];
  expect(service.start({ ...FORM, routes })).toEqual({ ok: true });
  const collector = await ready('collector');
  await giveUp('grpc subscriber', 'route:grpc/subscriber');
  (await ready('receiver')).says.onPosted(receiverStats(null));
  const generator = await ready('generator');
  await vi.waitFor(() => expect(service.state.kind).toBe('running'));
  collector.die(KILLED);
  await vi.waitFor(() => expect(made.get('collector')?.processes).toHaveLength(2));
  await ready('collector');
  await vi.waitFor(() => expect(generator.posted.at(-1)).toEqual({ type: 'hold', held: false }));
});

test('at the end no process and no file of it is left', async () => {
  await started();
  await service.shutDown();
  for (const name of ['collector', 'receiver', 'generator'])
    expect(made.get(name)?.processes.at(-1)?.told).toContain('shutdown');
  expect(readdirSync(folder)).toEqual([]);
  expect(service.start(FORM)).toMatchObject({ ok: false });
});
