import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_CATALOG, ROUTE_IDS } from '../../src/shared/routes/route-catalog';
import { endAll, ProgramProcess } from './support/program';
import { missingServer, resultOf, type Rig, startLoad, startRig } from './support/rig';

/** Every record of the file that ships arrives exactly once over every route, as long as nothing dies. */

let collector: ProgramProcess;
let collectorUrl = '';
const rigs: Rig[] = [];
beforeAll(async () => {
  collector = new ProgramProcess('collector', {});
  collectorUrl = await collector.url();
});
afterAll(async () => {
  await endAll();
  for (const rig of rigs) await rig.close();
});

const pace = { kind: 'users', users: 20, spawnRate: 1_000, waitMs: [0, 2] };

for (const id of ROUTE_IDS)
  for (const mode of ROUTE_CATALOG[id].modes)
    describe(`${ROUTE_CATALOG[id].title}, ${mode.title}`, () => {
      test('delivers each of 1,000 records once', async ({ skip }) => {
        const missing = await missingServer(id, mode.id);
        if (missing !== null) skip(missing);
        const rig = await startRig(id, mode.id, collectorUrl);
        rigs.push(rig);
        const result = await resultOf(startLoad([rig], collectorUrl, { pace }));
        const [lane] = result.lanes;
        expect(lane?.account).toEqual({
          path: rig.path,
          sent: 1_000,
          accepted: 1_000,
          delivered: 1_000,
          duplicated: 0,
          refused: 0,
          failed: 0,
          lost: 0,
          unfinished: 0,
          arrivedAnyway: 0,
          reasons: { refused: [], failed: [] },
        });
        const stats = (await (await fetch(`${collectorUrl}stats`)).json()) as {
          paths: Record<string, { endToEndMs: { count: number; p50: number; max: number } }>;
        };
        const figures = stats.paths[rig.path]?.endToEndMs;
        expect(figures?.count).toBe(1_000);
        expect(figures?.p50).toBeGreaterThan(0);
      });
    });

test('all of them at once: each record to every route', async ({ skip }) => {
  if (rigs.length === 0) skip('No route could be started.');
  const result = await resultOf(startLoad(rigs, collectorUrl, { pace, distribute: 'all' }));
  for (const { path, account } of result.lanes)
    expect({ path, ...account }).toMatchObject({ path, sent: 1_000, delivered: 1_000, lost: 0 });
});

test('balanced: each record to one route, in turn', async ({ skip }) => {
  if (rigs.length === 0) skip('No route could be started.');
  const result = await resultOf(startLoad(rigs, collectorUrl, { pace }));
  expect(result.lanes.reduce((sum, { account }) => sum + account.delivered, 0)).toBe(1_000);
  const counts = result.lanes.map(({ account }) => account.sent);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});
