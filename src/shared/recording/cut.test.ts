import { expect, test } from 'vitest';
import { exampleLog, NOW_NS } from '../../../tests/schema/example-recording';
import { SampleLog } from '../measure/sample-log';
import { cutSamples, freezeSamples } from './cut';

const atOnce = () => Promise.resolve();
const sequencesOf = (cut: { samples: () => Iterable<{ sequence: number }> }) =>
  [...cut.samples()].map(({ sequence }) => sequence);

test('a cut holds every settled sample and no pending one', async () => {
  const cut = await cutSamples(freezeSamples(exampleLog(), NOW_NS), atOnce);
  expect(sequencesOf(cut)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  expect(cut.sampleCount).toBe(8);
});

test('a ping that settles after the freeze stays out, each time the samples are read', async () => {
  const log = exampleLog();
  const frozen = freezeSamples(log, NOW_NS);
  log.settle(7, 'answered', 1);
  const cut = await cutSamples(frozen, atOnce);
  expect(sequencesOf(cut)).not.toContain(7);
  expect(sequencesOf(cut)).toHaveLength(cut.sampleCount);
});

test('a ping that was made after the freeze stays out', async () => {
  const log = exampleLog();
  const frozen = freezeSamples(log, NOW_NS);
  log.settle(log.append(NOW_NS, 64, false), 'answered', 1);
  expect((await cutSamples(frozen, atOnce)).sampleCount).toBe(8);
});

test('percentiles are the exact ones of the answered samples', async () => {
  const { fromSent, fromIntended } = await cutSamples(freezeSamples(exampleLog(), NOW_NS), atOnce);
  expect(fromSent).toEqual({ count: 3, p50: 93_400, p90: 120_000, p99: 120_000, p999: 120_000, max: 120_000 });
  expect(fromIntended).toEqual({ count: 3, p50: 94_900, p90: 121_500, p99: 121_500, p999: 121_500, max: 121_500 });
});

test('a channel without an answer has no percentiles', async () => {
  const log = new SampleLog();
  log.settle(log.append(1, 64, false), 'refused', Number.NaN);
  expect(await cutSamples(freezeSamples(log, NOW_NS), atOnce)).toMatchObject({
    sampleCount: 1,
    fromSent: null,
    fromIntended: null,
  });
});

test('an empty log is an empty cut', async () => {
  const cut = await cutSamples(freezeSamples(new SampleLog(), NOW_NS), atOnce);
  expect(cut).toMatchObject({ sampleCount: 0, samplesOmitted: 0, fromSent: null });
  expect(sequencesOf(cut)).toEqual([]);
});

test('samples that the log no longer held are counted as omitted', async () => {
  const log = new SampleLog(4096);
  for (let i = 0; i < 3 * 4096; i += 1) log.settle(log.append(i, 0, false), 'answered', 1);
  expect(await cutSamples(freezeSamples(log, NOW_NS), atOnce)).toMatchObject({
    sampleCount: 2 * 4096,
    samplesOmitted: 4096,
  });
});

test('the log may let go of its oldest samples while the cut is read', async () => {
  const log = new SampleLog(4096);
  for (let i = 0; i < 4096; i += 1) log.settle(log.append(i, 0, false), 'answered', 1);
  const cut = await cutSamples(freezeSamples(log, NOW_NS), atOnce);
  for (let i = 0; i < 5 * 4096; i += 1) log.append(i, 0, false);
  expect(sequencesOf(cut)).toEqual([...Array(4096).keys()]);
});

test('the event loop gets its turns while many samples are counted', async () => {
  const log = new SampleLog();
  for (let i = 0; i < 100_000; i += 1) log.settle(log.append(i, 0, false), 'answered', 1);
  let turns = 0;
  await cutSamples(freezeSamples(log, NOW_NS), () => {
    turns += 1;
    return Promise.resolve();
  });
  expect(turns).toBeGreaterThanOrEqual(4);
});
