import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Probe, type PingPath } from '../../shared/measure/probe';
import { type Paced, Pacer } from './pacer';

const clock = () => performance.now() * 1e6;
const path: PingPath = { sendPing: () => 'sent' };

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function probe(ratePerSecond: number, phase = 0): Probe {
  const made = new Probe({
    clock,
    settings: { ratePerSecond, payloadBytes: 0, timeoutMs: 1000 },
    phase,
    isHidden: () => false,
  });
  made.start(path);
  return made;
}

test('every probe sends at its own rate', () => {
  const pacer = new Pacer(clock, () => undefined);
  const probes = [probe(20), probe(100, 0.5)];
  for (const each of probes) pacer.add(each);
  pacer.start();
  vi.advanceTimersByTime(990);
  expect(probes.map((each) => each.totals(0).sent)).toEqual([20, 99]);
  pacer.stop();
});

test('losses are noticed while nothing is due', () => {
  const pacer = new Pacer(clock, () => undefined);
  const slow = probe(1);
  pacer.add(slow);
  pacer.start();
  vi.advanceTimersByTime(2500);
  expect(slow.totals(0).lost).toBeGreaterThanOrEqual(1);
  pacer.stop();
});

test('a turn that sends does nothing else, but for once in 25 ms', () => {
  const done: string[] = [];
  const each = (name: string, everyMs: number): Paced => {
    let dueMs = everyMs;
    return {
      get nextDueNs() {
        return dueMs * 1e6;
      },
      sendDue() {
        done.push(`${name} sends`);
        dueMs += everyMs;
      },
      expire: () => done.push(`${name} expires`),
    };
  };
  const pacer = new Pacer(clock, () => undefined);
  for (const paced of [each('a', 10), each('b', 10)]) pacer.add(paced);
  pacer.start();
  vi.advanceTimersByTime(5);
  expect(done.splice(0)).toEqual(['a expires', 'b expires']);
  vi.advanceTimersByTime(17);
  expect(done.splice(0)).toEqual(['a sends', 'b sends', 'a sends', 'b sends']);
  vi.advanceTimersByTime(10);
  expect(done).toEqual(['a sends', 'b sends', 'a expires', 'b expires']);
  pacer.stop();
});

test('nothing is sent after the stop', () => {
  const pacer = new Pacer(clock, () => undefined);
  const each = probe(100);
  pacer.add(each);
  pacer.start();
  vi.advanceTimersByTime(100);
  pacer.stop();
  const before = each.totals(0).sent;
  vi.advanceTimersByTime(1000);
  expect(each.totals(0).sent).toBe(before);
  expect(vi.getTimerCount()).toBe(0);
});

test('a stall of the event loop is told, with its length', () => {
  const stalls: number[] = [];
  let skewNs = 0;
  const pacer = new Pacer(
    () => clock() + skewNs,
    (durationMs) => stalls.push(durationMs),
  );
  pacer.start();
  vi.advanceTimersByTime(100);
  skewNs = 400e6;
  vi.advanceTimersByTime(100);
  expect(stalls).toHaveLength(1);
  expect(stalls[0]).toBeGreaterThanOrEqual(400);
  pacer.stop();
});

test('ordinary turns are no stall', () => {
  const stalls: number[] = [];
  const pacer = new Pacer(clock, (durationMs) => stalls.push(durationMs));
  pacer.start();
  vi.advanceTimersByTime(5000);
  expect(stalls).toEqual([]);
  pacer.stop();
});
