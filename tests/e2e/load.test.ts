import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { findLocust } from '../../src/routes/locust/run-locust';
import { natsServer } from '../../src/routes/nats/server';
import { rabbitmqServer } from '../../src/routes/rabbitmq/server';
import type { LoadForm, RouteChoice } from '../../src/shared/load/form';
import { type LoadResult, type LoadResultRoute, loadResultSchema } from '../../src/shared/load/result';
import { AppUnderTest, until } from './support/app';
import { CommandUnderTest } from './support/command';
import { isRunning, processesMentioning } from './support/processes';

const RECORDS = 1_000;
const installed = (recipe: { find(): object }) => !('missing' in recipe.find());
const natsMissing = !installed(natsServer);
const rabbitmqMissing = !installed(rabbitmqServer);

function accountsFor({ sent, delivered, duplicated, refused, failed, lost }: LoadResultRoute): void {
  expect(delivered + duplicated + refused + failed + lost).toBe(sent);
}

const routeOf = (result: LoadResult, id: string) => result.routes.find(({ route }) => route === id) as LoadResultRoute;

/** Nothing of it runs any more, and its temporary folder is empty but for what Chromium itself leaves. */
async function expectNothingLeft(home: string): Promise<void> {
  await until(() => expect(processesMentioning(home)).toEqual([]));
}

describe('the command', () => {
  test('posts each record once over each route, accounts for all of them, and leaves nothing behind', async () => {
    const command = CommandUnderTest.start(
      ...['load', '--routes', 'http,grpc', '--users', '40', '--spawn-rate', '100', '--wait', '0-0.02'],
      ...['--json', '-', '--csv', 'csv', '--html', 'report.html', '--threshold', 'http.p95<1us'],
    );
    const { code, out, err } = await command.ended;
    const result = loadResultSchema.parse(JSON.parse(out));
    for (const row of result.routes) {
      expect(row).toMatchObject({ sent: RECORDS, accepted: RECORDS, delivered: RECORDS, lost: 0, kept: true });
      expect(row.end_to_end_ms?.count).toBe(RECORDS);
      expect(row.response_ms?.count).toBe(RECORDS);
      if (process.platform === 'linux') expect(row.cpu_us_per_message).toBeGreaterThan(0);
    }
    // The threshold can't be held.
    expect(code).toBe(1);
    expect(err).toMatch(/Threshold failed: http\.p95<1us/);
    const stats = readFileSync(join(command.home, 'csv/bulkhead_stats.csv'), 'utf8').split('\r\n');
    expect(stats.slice(1, 3).map((line) => line.split(',').slice(0, 4).join())).toEqual([
      `POST,http,${RECORDS},0`,
      `POST,grpc,${RECORDS},0`,
    ]);
    expect(readFileSync(join(command.home, 'report.html'), 'utf8')).toContain('What each route promised');
    await expectNothingLeft(command.home);
  });

  test('ends in good order at Ctrl+C, with results', async () => {
    const command = CommandUnderTest.start('load', '--routes', 'http', '--rate', '50', '--loop', '--json', 'out.json');
    await until(() => expect(command.err).toMatch(/^\d+ s, /m));
    command.child.kill('SIGINT');
    const { code, out } = await command.ended;
    expect(code).toBe(130);
    expect(out).toContain('HTTP promised to deliver at most once, and kept it');
    const result = loadResultSchema.parse(JSON.parse(readFileSync(join(command.home, 'out.json'), 'utf8')));
    expect(result.environment.interrupted).toBe(true);
    accountsFor(routeOf(result, 'http'));
    expect(routeOf(result, 'http').lost).toBe(0);
    await expectNothingLeft(command.home);
  });

  test('names a bad record by its line, leaves it out, and refuses a file without any', async () => {
    const command = CommandUnderTest.start('load', '--help');
    await command.ended;
    const record = { name: 'A', location: 'B', age: 3, infectedtype: 'unknown', state: 'mild' };
    writeFileSync(join(command.home, 'some.json'), `[\n${JSON.stringify(record)},\n{"name": 5}\n]`, { mode: 0o644 });
    writeFileSync(join(command.home, 'none.json'), '[]', { mode: 0o644 });
    const [some, none] = await Promise.all([
      command.beside('load', '--routes', 'http', '--file', 'some.json', '--json', '-').ended,
      command.beside('load', '--routes', 'http', '--file', 'none.json').ended,
    ]);
    expect([some.code, none.code]).toEqual([0, 1]);
    expect(some.err).toContain('Line 3 of the file is left out. "name"');
    const result = loadResultSchema.parse(JSON.parse(some.out));
    expect(result.environment.load).toMatchObject({ records: 1, bad_records: 1 });
    expect(none.err).toContain('none.json can’t be sent. There is no record');
    // Nothing was started for it.
    expect(none.err).not.toContain('Starting');
    await expectNothingLeft(command.home);
  });

  test.skipIf('missing' in findLocust())('has the real Locust post, and accounts for what arrived', async () => {
    const command = CommandUnderTest.start(
      ...['load', '--routes', 'http', '--engine', 'locust', '--users', '40', '--spawn-rate', '40', '--wait', '0-0.1'],
      ...['--json', '-'],
    );
    const { code, out } = await command.ended;
    expect(code).toBe(0);
    const row = routeOf(loadResultSchema.parse(JSON.parse(out)), 'http');
    expect(row).toMatchObject({ sent: RECORDS, accepted: RECORDS, delivered: RECORDS, lost: 0, kept: true });
    expect(row.response_ms?.count).toBe(RECORDS);
    await expectNothingLeft(command.home);
  });

  test('refuses routes and modes that there are not, with those that there are', async () => {
    const [route, mode] = await Promise.all([
      CommandUnderTest.start('load', '--routes', 'pigeon').ended,
      CommandUnderTest.start('load', '--routes', 'nats', '--mode', 'nats=wings').ended,
    ]);
    expect([route.code, mode.code]).toEqual([2, 2]);
    expect(route.err).toMatch(/There is no route “pigeon”\. There are: http, grpc, nats, /);
    expect(mode.err).toMatch(/The route nats has no mode “wings”\. It has: core, jetstream\./);
  });

  test('serves routes for others to post to, and counts what comes', async () => {
    const command = CommandUnderTest.start('load', '--serve', '--routes', 'http');
    await until(() => expect(command.out).toMatch(/Stop it with Ctrl\+C/));
    const receiver = /^http (http:\S+)$/m.exec(command.out)?.[1] ?? '';
    const collector = /^Collector: (http:\S+)/m.exec(command.out)?.[1] ?? '';
    const answers = await Promise.all(
      ['{"name":"A","location":"B","age":3,"infectedtype":"unknown","state":"mild"}', '{"name":'].map((body) =>
        fetch(receiver, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 400]);
    const stats = (await (await fetch(`${collector}stats`)).json()) as { paths: object };
    expect(stats.paths).toMatchObject({ http: { distinct: 1 } });
    await until(() => expect(command.out).toMatch(/^http: 1 arrived$/m));
    command.child.kill('SIGINT');
    expect((await command.ended).code).toBe(0);
    await expect(fetch(`${collector}stats`)).rejects.toThrow();
    await expectNothingLeft(command.home);
  });
});

describe('the window', () => {
  let app: AppUnderTest;
  afterEach(async () => {
    // One of the tests has killed it.
    if (isRunning(app.pid)) await app.close();
    await expectNothingLeft(app.home);
  });

  const form = (routes: RouteChoice[], more: Partial<LoadForm> = {}): LoadForm => ({
    routes,
    pace: { kind: 'rate', perSecond: 150 },
    distribute: 'all',
    loop: false,
    durationS: null,
    file: null,
    maxInFlight: 2_000,
    ...more,
  });

  /** Saves the result as a person does, as soon as there is one. */
  async function resultOf(): Promise<LoadResult> {
    const path = join(app.home, `load-${Date.now()}.json`);
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await until(async () => expect(await app.request('load:save', 'json')).toMatchObject({ status: 'saved', path }));
    return loadResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  }

  /** Resolves when the load has run for so long. Only while one runs is it said that this one has no users to change. */
  async function running(ms: number): Promise<void> {
    await until(async () =>
      expect(await app.request('load:users', 1)).toMatchObject({ message: { code: 'load.no-users' } }),
    );
    await delay(ms);
  }

  async function kill(processId: string): Promise<number> {
    let pid: number | null = null;
    await until(async () => {
      pid = await app.processPid(processId);
      expect(pid, processId).not.toBeNull();
    });
    process.kill(pid as unknown as number, 'SIGKILL');
    return pid as unknown as number;
  }

  test('kill the collector and a route’s receiver and subscriber in the middle: the others lose nothing', async () => {
    app = await AppUnderTest.launch();
    const routes: RouteChoice[] = [
      { route: 'http', mode: 'direct' },
      { route: 'grpc', mode: 'bidirectional' },
    ];
    expect(await app.request('load:start', form(routes))).toEqual({ ok: true });
    await running(1_000);
    await kill('route:grpc/subscriber');
    await kill('load:collector');
    await kill('route:http/receiver');
    const result = await resultOf();
    for (const row of result.routes) {
      accountsFor(row);
      expect(row).toMatchObject({ sent: RECORDS, lost: 0, kept: true });
      // It was away, and is back.
      expect(row.refused + row.failed + row.arrived_anyway).toBeGreaterThan(0);
      expect(row.delivered).toBeGreaterThan(0);
    }
    const happened = result.events.map(({ kind, role }) => `${kind} ${role}`);
    for (const role of ['subscriber', 'collector', 'receiver'])
      expect(happened).toEqual(expect.arrayContaining([`kill ${role}`, `restart ${role}`]));
  });

  test.skipIf(natsMissing || rabbitmqMissing)(
    'kill the servers and subscribers of durable routes in the middle: what they had accepted is delivered',
    async () => {
      app = await AppUnderTest.launch();
      const routes: RouteChoice[] = [
        { route: 'http', mode: 'direct' },
        { route: 'nats', mode: 'jetstream' },
        { route: 'rabbitmq', mode: 'confirmed' },
        { route: 'pubsub', mode: 'embedded' },
      ];
      expect(await app.request('load:start', form(routes))).toEqual({ ok: true });
      await running(1_500);
      await kill('route:nats/server');
      await kill('route:rabbitmq/server');
      await kill('route:pubsub/server');
      await kill('route:nats/subscriber');
      await kill('route:rabbitmq/subscriber');
      const result = await resultOf();
      for (const row of result.routes) accountsFor(row);
      // The one that nobody touched.
      expect(routeOf(result, 'http')).toMatchObject({ sent: RECORDS, delivered: RECORDS, refused: 0, failed: 0 });
      for (const id of ['nats', 'rabbitmq', 'pubsub']) {
        expect(routeOf(result, id)).toMatchObject({ sent: RECORDS, lost: 0, kept: true });
        expect(routeOf(result, id).accepted).toBeGreaterThan(0);
      }
    },
  );

  test.skipIf(natsMissing)('none of their processes outlives a browser process that is killed', async () => {
    app = await AppUnderTest.launch();
    const choice: RouteChoice = { route: 'nats', mode: 'core' };
    expect(await app.request('load:prepare', [choice])).toEqual({ ok: true });
    await app.untilState('route:nats/receiver', 'running');
    const ids = ['load:collector', 'route:nats/server', 'route:nats/subscriber', 'route:nats/receiver'];
    const pids = await Promise.all(ids.map((id) => app.processPid(id)));
    expect(pids.every((pid) => pid !== null && isRunning(pid))).toBe(true);
    process.kill(app.pid, 'SIGKILL');
    await until(() => expect([app.pid, ...(pids as number[])].filter(isRunning)).toEqual([]));
  });

  test('closing the window in the middle of a load ends all of it', async () => {
    app = await AppUnderTest.launch();
    expect(await app.request('load:start', form([{ route: 'http', mode: 'direct' }], { loop: true }))).toEqual({
      ok: true,
    });
    await running(500);
    const pids = await Promise.all(
      ['load:generator', 'load:collector', 'route:http/receiver'].map((id) => app.processPid(id)),
    );
    await app.close();
    await until(() => expect((pids as number[]).filter(isRunning)).toEqual([]));
  });

  test('a receiver that is frozen is found not to answer, and a load can be stopped and reset', async () => {
    app = await AppUnderTest.launch();
    const http: RouteChoice = { route: 'http', mode: 'direct' };
    expect(await app.request('load:start', form([http], { loop: true }))).toEqual({ ok: true });
    expect(await app.request('load:start', form([http]))).toMatchObject({ ok: false });
    await running(500);
    expect(await app.request('process:act', 'route:http/receiver', 'hang')).toEqual({ ok: true });
    await app.untilState('route:http/receiver', 'unresponsive');
    expect(await app.request('process:act', 'route:http/receiver', 'end')).toEqual({ ok: true });
    await app.untilState('route:http/receiver', 'running');
    expect(await app.request('load:stop')).toEqual({ ok: true });
    const result = await resultOf();
    accountsFor(routeOf(result, 'http'));
    expect(result.environment.interrupted).toBe(true);
    expect(await app.request('load:reset')).toEqual({ ok: true });
    expect(await app.request('load:save', 'json')).toMatchObject({ status: 'failed' });
    expect(await app.request('load:close')).toEqual({ ok: true });
    await until(async () => expect(await app.card('load:collector').count()).toBe(0));
  });
});
