import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat } from './heartbeat';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

/** A heartbeat whose process answers each beat at once while `answering`. */
function patient() {
  const told: string[] = [];
  const state = { answering: true };
  const heartbeat: Heartbeat = new Heartbeat(
    (beat) => {
      if (state.answering) heartbeat.answered(beat);
    },
    () => told.push('silent'),
    () => told.push('answering'),
  );
  return { heartbeat, told, state };
}

test('a process that answers is never called silent', () => {
  const { heartbeat, told } = patient();
  heartbeat.start();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
  heartbeat.stop();
});

test('a process that stops answering is called silent within a second, once', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  vi.advanceTimersByTime(1000);
  state.answering = false;
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['silent']);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual(['silent']);
  heartbeat.stop();
});

test('a silent process that answers again is said to', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  state.answering = false;
  vi.advanceTimersByTime(2000);
  state.answering = true;
  vi.advanceTimersByTime(500);
  expect(told).toEqual(['silent', 'answering']);
  heartbeat.stop();
});

test('an answer to a beat that was never sent is none', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  state.answering = false;
  vi.advanceTimersByTime(2000);
  heartbeat.answered(1_000_000);
  expect(told).toEqual(['silent']);
  heartbeat.stop();
});

test('when the oldest unanswered beat was sent is known while the process is silent, and only then', () => {
  const { heartbeat, state } = patient();
  heartbeat.start();
  vi.advanceTimersByTime(1000);
  expect(heartbeat.oldestUnansweredMs).toBeNull();
  const beganMs = performance.now();
  state.answering = false;
  vi.advanceTimersByTime(2000);
  const sentMs = heartbeat.oldestUnansweredMs ?? Number.NaN;
  expect(sentMs).toBeGreaterThan(beganMs);
  expect(sentMs).toBeLessThanOrEqual(beganMs + 150);
  state.answering = true;
  vi.advanceTimersByTime(150);
  expect(heartbeat.oldestUnansweredMs).toBeNull();
  state.answering = false;
  vi.advanceTimersByTime(150);
  heartbeat.stop();
  expect(heartbeat.oldestUnansweredMs).toBeNull();
});

test('nothing is told after the stop', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  state.answering = false;
  vi.advanceTimersByTime(300);
  heartbeat.stop();
  vi.advanceTimersByTime(10_000);
  heartbeat.answered(1);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a second start begins afresh and leaves one timer', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  state.answering = false;
  vi.advanceTimersByTime(2000);
  state.answering = true;
  heartbeat.start();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(5000);
  expect(told).toEqual(['silent']);
  heartbeat.stop();
});

test('a stall of the browser process itself is not held against the child', () => {
  const { heartbeat, told, state } = patient();
  heartbeat.start();
  vi.advanceTimersByTime(150);
  state.answering = false;
  vi.advanceTimersByTime(150);
  // The clock goes on while no timer runs; the answer waits in this process's own queue.
  const now = performance.now();
  const stalled = vi.spyOn(performance, 'now').mockImplementation(() => now + 5000 + 150);
  vi.advanceTimersByTime(150);
  expect(told).toEqual([]);
  stalled.mockRestore();
  heartbeat.stop();
});
