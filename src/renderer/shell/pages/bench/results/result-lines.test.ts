import { expect, test } from 'vitest';
import { TRANSPORT_IDS } from '../../../../../shared/transport-catalog';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { resultLines } from './result-lines';
import { madeRun } from '../../../../../shared/bench/made-runs';

const lines = (...changes: Parameters<typeof madeRun>[1][]) =>
  resultLines(
    changes.map((change) => madeRun(1, change)),
    LIGHT_CHART,
  );

test('each method at one size: a hue and a dash for each, its name alone', () => {
  const [fifo, tcp, post] = lines({ method: 'fifo' }, { method: 'tcp', route: 'plugin-browser' }, { method: 'shmem' });
  expect([fifo?.label, tcp?.label, post?.label]).toEqual(['Named pipe', 'TCP', 'Shared memory']);
  expect(new Set([fifo?.colour, tcp?.colour, post?.colour]).size).toBe(3);
  expect(fifo?.dash).not.toBe(tcp?.dash);
});

test('a method has one hue and one dash at every size, and the same in another result', () => {
  const all = lines({ size: 64 }, { size: 1024 }, { size: 64, method: 'tcp' }, { size: 1024, method: 'tcp' });
  expect(all.map(({ label }) => label)).toEqual([
    'Named pipe · 64\u202fB',
    'Named pipe · 1\u202fKiB',
    'TCP · 64\u202fB',
    'TCP · 1\u202fKiB',
  ]);
  expect(all[0]?.colour).toBe(all[1]?.colour);
  expect(all[0]?.colour).not.toBe(all[2]?.colour);
  expect(all[0]?.dash).toBe(all[1]?.dash);
  const [, fifo] = lines({ method: 'udp' }, { method: 'fifo' });
  expect(fifo?.colour).toBe(all[0]?.colour);
});

test('every method there is: no two look alike', () => {
  const all = lines(...TRANSPORT_IDS.map((method) => ({ method })));
  expect(new Set(all.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(TRANSPORT_IDS.length);
});

test('one method alone: a hue for each size and route', () => {
  const all = lines({ size: 64 }, { size: 1024 }, { size: 64, route: 'plugin-browser' });
  expect(new Set(all.map(({ colour }) => colour)).size).toBe(3);
});

test('one method on several routes among others on one: the route where it is needed', () => {
  const ports = ['plugin-plugin', 'browser-renderer'].map((route) => ({ method: 'message-port', route }));
  const all = lines(...ports, { method: 'fifo' }, { method: 'tcp' });
  expect(all.map(({ label }) => label)).toEqual([
    'Message port · plugin → plugin',
    'Message port · browser → renderer',
    'Named pipe',
    'TCP',
  ]);
});

test('routes and placements stand in the name where they tell runs apart', () => {
  const all = lines({}, { route: 'plugin-browser' }, { placement: 'same-core' });
  expect(all.map(({ label }) => label)).toEqual([
    'Named pipe · plugin → plugin · free',
    'Named pipe · plugin → browser · free',
    'Named pipe · plugin → plugin · same-core',
  ]);
});

test('a method of another version is drawn under its own name; equal runs keep apart', () => {
  const [one, other] = lines({ method: 'carrier-pigeon' }, { method: 'carrier-pigeon' });
  expect(one).toMatchObject({ label: 'carrier-pigeon', dash: 'none' });
  expect(one?.id).not.toBe(other?.id);
});
