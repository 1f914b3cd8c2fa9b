import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampHeader } from '../../shared/routes/message';
import { CLOCK_ID, nowNs } from '../program/clock';
import { Collector } from './collector';

const BODY = { name: 'A', location: 'B', age: 3, infectedtype: 'unknown', state: 'mild', path: 'nats' };
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-collector-'));
  file = join(folder, 'journal');
});
afterEach(() => rmSync(folder, { recursive: true }));

function post(collector: Collector, run: string, number: number, path = 'nats', clock = CLOCK_ID): number {
  const header = stampHeader({ run, number, postedNs: nowNs() - 5e6, clock });
  return collector.post({ ...BODY, path }, { headers: { 'bulkhead-message': header } }).status;
}

const bytes = (collector: Collector, run: string) =>
  collector.deliveries(new URLSearchParams({ path: 'nats', run })).body;

test('a collector that is started on the journal of one that died goes on where that one ended', () => {
  const first = new Collector(file);
  first.follow('run-2');
  for (const number of [0, 1, 1, 3]) expect(post(first, 'run-1', number)).toBe(200);
  post(first, 'run-2', 0);
  post(first, 'run-2', 0, 'http');
  post(first, 'run-2', 1, 'nats', 'another-clock');
  first.post(BODY, { headers: {} });
  // It died in the middle of a line: nobody was told that this one counts.
  appendFileSync(file, '0 7');

  const second = new Collector(file);
  expect(second.stats()).toEqual(first.stats());
  expect(bytes(second, 'run-1')).toEqual(Uint8Array.from([1, 2, 0, 1]));
  expect(second.stats().followed?.paths['nats']).toMatchObject({ distinct: 2, duplicated: 0 });
  expect(second.stats().followed?.paths['nats']?.endToEndMs?.count).toBe(1);

  // And so does the one after it.
  post(second, 'run-1', 2);
  const third = new Collector(file);
  expect(third.stats()).toEqual(second.stats());
  expect(bytes(third, 'run-1')).toEqual(Uint8Array.from([1, 2, 1, 1]));
});

test('what is followed is told apart from what came before', () => {
  const collector = new Collector();
  post(collector, 'run-1', 0);
  collector.follow('run-2');
  post(collector, 'run-1', 1);
  post(collector, 'run-2', 0);
  const { followed, paths } = collector.report();
  expect(followed?.paths['nats']).toMatchObject({ distinct: 1, recentMs: { count: 1 } });
  expect(paths['nats']?.distinct).toBe(3);
});
