import { expect, test } from 'vitest';
import { SampleLog } from '../shared/measure/sample-log';
import { readSamples } from './sample-batch';

/** Pings every 100 ms, each sent 1 ms late and answered, but for those named. */
function channel(id: string, count: number, odd: Record<number, 'pending' | 'skipped' | 'refused' | 'timeout'> = {}) {
  const log = new SampleLog();
  for (let i = 0; i < count; i += 1) {
    const sequence = log.append(i * 100e6, 64, false);
    const outcome = odd[i] ?? 'answered';
    if (outcome !== 'refused') log.markSent(sequence, i * 100e6 + 1e6);
    if (outcome !== 'pending') log.settle(sequence, outcome, outcome === 'answered' ? 50_000 : NaN);
  }
  return { id, probe: { log } };
}

const numbersOf = (intendedNs: ArrayLike<number>): number[] => Array.from(intendedNs, (ns) => ns / 100e6);

test('the pings sent between two times, both included', async () => {
  const outcome = await readSamples([channel('a', 20)], 501e6, 801e6);
  expect(outcome.ok && outcome.batches.map(({ channelId, intendedNs }) => [channelId, numbersOf(intendedNs)])).toEqual([
    ['a', [5, 6, 7, 8]],
  ]);
});

test('what is not settled, or was withdrawn, is left out; what was refused counts when it was due', async () => {
  const outcome = await readSamples(
    [channel('a', 20, { 5: 'pending', 6: 'skipped', 7: 'refused', 8: 'timeout' })],
    500e6,
    850e6,
  );
  expect(outcome.ok && numbersOf(outcome.batches[0]?.intendedNs ?? [])).toEqual([7, 8]);
});

test('a channel without a ping then has no batch', async () => {
  expect(await readSamples([channel('a', 3)], 5e9, 6e9)).toEqual({ ok: true, batches: [] });
});
