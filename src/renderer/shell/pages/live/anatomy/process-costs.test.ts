import { expect, test } from 'vitest';
import type { ChannelView, ProcessView } from '../../../../../shared/snapshot';
import { costsOf } from './process-costs';

const channel = (answeredPerSecond: number) => ({ stats: { answeredPerSecond } }) as ChannelView;
const process = (figures: Partial<ProcessView>) =>
  ({ cpuPercent: 12, switchesPerSecond: { voluntary: 180, involuntary: 20 }, ...figures }) as ProcessView;

test('what a process uses in a second, over all round trips that it has a part in', () => {
  expect(costsOf(process({}), [channel(20), channel(80)])).toMatchObject({
    roundTripsPerSecond: 100,
    cpuNsPerRoundTrip: 1_200_000,
    switchesPerRoundTrip: 2,
  });
});

test('what can’t be read, and what nobody asked for, has no cost', () => {
  expect(costsOf(process({ cpuPercent: null, switchesPerSecond: null }), [channel(20)])).toMatchObject({
    cpuNsPerRoundTrip: null,
    switchesPerRoundTrip: null,
  });
  expect(costsOf(process({}), [channel(0)])).toMatchObject({ cpuNsPerRoundTrip: null, switchesPerRoundTrip: null });
});
