import { expect, test } from 'vitest';
import type { ScheduleProgress } from '../schedule';
import { ProgressLine, progressText } from './progress';

const at = (number: number, settled: number): ScheduleProgress => ({
  step: {
    run: { index: 0, method: 'tcp', route: 'plugin-plugin', sizeBytes: 1024, unavailable: null },
    round: 0,
    cycles: 200,
  },
  number,
  steps: 4,
  rounds: 2,
  settled,
  leftMs: number === 1 ? null : 12_400,
});

test('says which method, which round, how far and how long still', () => {
  expect(progressText(at(1, 0))).toBe('[1/4] round 1 of 2, tcp at 1 KiB');
  expect(progressText(at(2, 90))).toBe('[2/4] round 1 of 2, tcp at 1 KiB, 45 %, about 12 s left');
});

test('names the route where it is not the main one', () => {
  const progress = at(1, 0);
  const run = { ...progress.step.run, method: 'message-port', route: 'browser-renderer' } as const;
  expect(progressText({ ...progress, step: { ...progress.step, run } })).toBe(
    '[1/4] round 1 of 2, message-port browser-renderer at 1 KiB',
  );
});

test('piped: one plain line for each step', () => {
  const written: string[] = [];
  const line = new ProgressLine(false, (text) => written.push(text));
  for (const [number, settled] of [
    [1, 0],
    [1, 50],
    [2, 0],
  ] as const)
    line.show(at(number, settled));
  line.end();
  expect(written).toEqual([
    '[1/4] round 1 of 2, tcp at 1 KiB\n',
    '[2/4] round 1 of 2, tcp at 1 KiB, about 12 s left\n',
  ]);
});

test('on a terminal: drawn over itself, in whole lines', () => {
  const written: string[] = [];
  const line = new ProgressLine(true, (text) => written.push(text));
  line.show(at(1, 0));
  line.show(at(2, 0));
  line.end();
  expect(written).toHaveLength(3);
  expect(written[1]?.startsWith('\u001b[1A\u001b[2K[2/4]')).toBe(true);
  expect(written.every((text) => text.endsWith('\n'))).toBe(true);
});
