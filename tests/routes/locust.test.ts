import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findLocust, type LocustSettings, runLocust } from '../../src/routes/locust/run-locust';
import { endAll, ProgramProcess } from './support/program';
import { type Rig, startRig, TRAFFIC } from './support/rig';

/** The real Locust posts to real receivers: alone, over workers, and ended early. */

let collectorUrl = '';
let rig: Rig;
let folder = '';
beforeAll(async () => {
  collectorUrl = await new ProgramProcess('collector', {}).url();
  rig = await startRig('http', 'direct', collectorUrl);
});
beforeEach(({ skip }) => {
  const found = findLocust();
  if ('missing' in found) skip(`${found.missing} Install it with: ${found.install}`);
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-locust-'));
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await endAll();
  await rig.close();
});

function settings(changes: Partial<LocustSettings>): LocustSettings {
  return {
    locustfile: resolve(import.meta.dirname, '../../deploy/locustfile.py'),
    folder,
    targets: [{ path: 'http', url: rig.receiverUrl }],
    file: TRAFFIC,
    users: 20,
    spawnRate: 20,
    waitMs: [0, 10],
    distribute: 'balance',
    loop: false,
    durationS: null,
    workers: 0,
    run: `run-${folder.slice(-6)}`.replaceAll('_', '-'),
    ...changes,
  };
}

/** How often each record of the run has arrived. */
async function deliveries(run: string): Promise<Uint8Array> {
  const answer = await fetch(`${collectorUrl}deliveries?path=http&run=${run}`);
  return new Uint8Array(await answer.arrayBuffer());
}

test.each([0, 2])('with %d workers each record is posted once', async (workers) => {
  const asked = settings({ workers });
  const { rows, failures, history } = await runLocust(asked);
  expect(failures).toEqual([]);
  expect(rows.map(({ name, requests }) => [name, requests])).toEqual([
    ['http', 1_000],
    ['Aggregated', 1_000],
  ]);
  expect(rows[0]?.responseMs.percentiles['p50']).toBeGreaterThan(0);
  expect(history.length).toBeGreaterThan(0);
  const counts = await deliveries(asked.run);
  expect([counts.length, counts.every((count) => count === 1)]).toEqual([1_000, true]);
});

test('also with the reader that searches', async () => {
  const asked = settings({ reader: 'searching' });
  expect((await runLocust(asked)).rows[0]?.requests).toBe(1_000);
  expect((await deliveries(asked.run)).every((count) => count === 1)).toBe(true);
});

test('what is refused stands in the table of failures with its reason, and it ends early in order', async () => {
  const away = await startRig('http', 'direct', 'http://127.0.0.1:9/');
  const enough = new AbortController();
  const running = runLocust(
    settings({ targets: [{ path: 'http', url: away.receiverUrl }], loop: true, signal: enough.signal, workers: 1 }),
  );
  await away.receiver.next(({ refused }) => Array.isArray(refused) && refused.length > 0);
  enough.abort();
  const { rows, failures } = await running;
  expect(rows[0]?.failures).toBe(rows[0]?.requests);
  expect(failures[0]?.error).toContain('503: Collector: Connection refused');
  expect(failures.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(rows[0]?.failures);
});

test('one that can not start is told with its last words', async () => {
  await expect(runLocust(settings({ file: join(folder, 'nowhere.json') }))).rejects.toThrow(/nowhere\.json/);
});
