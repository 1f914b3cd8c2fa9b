import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endAll, ProgramProcess } from './support/program';
import { resultOf, type Rig, startLoad, startRig, sumOf, TRAFFIC } from './support/rig';

/** The generator against a real receiver: which file it takes, how it paces, and how it ends. */

let collectorUrl = '';
let rig: Rig;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-generator-'));
  collectorUrl = await new ProgramProcess('collector', {}).url();
  rig = await startRig('http', 'direct', collectorUrl);
});
afterAll(async () => {
  await endAll();
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});

const users = { kind: 'users', users: 5, spawnRate: 1_000, waitMs: [0, 1] };
const record = { name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' };

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function refusal(file: string): Promise<string> {
  const generator = startLoad([rig], collectorUrl, { file, pace: users });
  expect(await generator.ended).toBe(1);
  return generator.stderr;
}

test('bad records are named by line and left out, the others are sent once each', async () => {
  const lines = ['[', `${JSON.stringify(record)},`, '{ "name": 1 },', JSON.stringify(record), ']'];
  const load = startLoad([rig], collectorUrl, { file: write('some.json', lines.join('\n')), pace: users });
  const { lanes } = await resultOf(load);
  expect(lanes[0]?.account).toMatchObject({ sent: 2, delivered: 2 });
  expect(load.reports.find(({ type }) => type === 'bad-records')).toMatchObject({
    count: 1,
    first: [{ line: 3, problem: expect.stringContaining('"name"') }],
  });
  expect(await load.ended).toBe(0);
});

test('a file that is none, or no list, is refused with words', async () => {
  expect(await refusal(join(folder, 'nowhere.json'))).toContain('There is no file');
  expect(await refusal(write('object.json', '{}'))).toContain('is refused. It is not a JSON list');
  expect(await refusal(write('empty.json', '[]'))).toContain('The list is empty');
  mkdirSync(join(folder, 'folder.json'));
  expect(await refusal(join(folder, 'folder.json'))).toContain('is no file');
});

test('a constant rate tells its lag apart, and times from when a post was due', async () => {
  const load = startLoad([rig], collectorUrl, {
    pace: { kind: 'rate', perSecond: 200 },
    durationMs: 1_000,
    loop: true,
  });
  const result = (await resultOf(load)) as unknown as {
    lagMs: { count: number };
    lanes: Array<{
      sent: number;
      accepted: number;
      responseMs: { p50: number };
      correctedMs: { count: number; p50: number };
    }>;
  };
  const [lane] = result.lanes;
  expect(lane?.sent).toBeGreaterThan(0);
  expect(result.lagMs.count).toBe(lane?.sent);
  expect(lane?.correctedMs.count).toBeGreaterThan(0);
  expect(lane?.correctedMs.p50).toBeGreaterThanOrEqual(lane?.responseMs.p50 as number);
});

test('more than the bound are never in flight: those that are due then count as failed, with the reason', async () => {
  const frozen = await startRig('http', 'direct', collectorUrl);
  frozen.receiver.child.kill('SIGSTOP');
  const load = startLoad([frozen], collectorUrl, {
    pace: { kind: 'rate', perSecond: 500 },
    loop: true,
    maxInFlight: 10,
    timeoutMs: 2_000,
    quietMs: 100,
  });
  await load.next((report) => Number((report['lanes'] as Array<{ failed: number }> | undefined)?.[0]?.failed) > 20);
  load.child.send({ type: 'stop' });
  const { lanes } = await resultOf(load);
  frozen.receiver.child.kill('SIGCONT');
  const account = lanes[0]?.account;
  expect(account).toBeDefined();
  if (account === undefined) return;
  expect(sumOf(account)).toBe(account.sent);
  const reasons = account.reasons.failed.map(({ reason }) => reason);
  expect(reasons).toContain('Not posted: 10 posts were in flight already, which is the bound of each route');
  for (const report of load.reports) if (report.type === 'stats') expect(report['inFlight']).toBeLessThanOrEqual(10);
});

test('users come and go while it runs, and it stops in good order with its result', async () => {
  const load = startLoad([rig], collectorUrl, { pace: { ...users, waitMs: [20, 40] }, loop: true });
  await load.next(({ users: count }) => count === 5);
  load.child.send({ type: 'set-users', users: 9 });
  await load.next(({ users: count }) => count === 9);
  load.child.send({ type: 'set-users', users: 2 });
  await load.next(({ users: count }) => count === 2);
  expect(await load.stop()).toBe(0);
  const { lanes } = await resultOf(load);
  expect(lanes[0]?.account.delivered).toBe(lanes[0]?.account.sent);
});

test('without a collector to ask, that is said and nothing is claimed', async () => {
  const load = startLoad([rig], 'http://127.0.0.1:9/', { file: TRAFFIC, pace: users, durationMs: 200 });
  const result = await load.report(({ type }) => type === 'result');
  expect(result['problem']).toContain("can't be asked");
  expect((result['lanes'] as object[])[0]).not.toHaveProperty('account');
});
