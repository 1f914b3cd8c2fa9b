import { expect, test } from 'vitest';
import type { Anatomy } from '../../../../shared/measure/anatomy';
import { longestOf, numberedStages, segmentLabel, segmentsOf, type StageBar } from './stage-layout';

const anatomy = (...stages: Array<[string, number]>): Anatomy => {
  const rttNs = stages.reduce((sum, [, ns]) => sum + ns, 0);
  return {
    pings: 5,
    rttNs,
    stages: stages.map(([id, ns]) => {
      const [from, to] = id.split('-');
      return { id, from, to, ns, share: ns / rttNs } as Anatomy['stages'][number];
    }),
  };
};
const typical = anatomy(['due-sent', 10], ['sent-peerTook', 30], ['peerTook-done', 60]);
const slow = anatomy(['due-sent', 10], ['sent-wrote', 20], ['wrote-peerTook', 310], ['peerTook-done', 60]);
const bars: StageBar[] = [
  { id: 'p50', anatomy: typical },
  { id: 'p90', anatomy: null },
  { id: 'p99', anatomy: slow },
  { id: 'ping', anatomy: typical },
];

test('a stage has one number in all bars, in the order in which a ping passes them', () => {
  expect(numberedStages(bars).map(({ number, id }) => [number, id])).toEqual([
    [1, 'due-sent'],
    [2, 'sent-wrote'],
    [3, 'sent-peerTook'],
    [4, 'wrote-peerTook'],
    [5, 'peerTook-done'],
  ]);
});

test('by shares each bar fills the width; by time all have one scale', () => {
  const stages = numberedStages(bars);
  const widths = (scale: 'share' | 'time') =>
    bars.map((bar) => segmentsOf(bar, stages, scale, longestOf(bars)).map(({ width }) => width));
  expect(widths('share')).toEqual([[10, 30, 60], [], [2.5, 5, 77.5, 15], [10, 30, 60]]);
  expect(widths('time')).toEqual([[2.5, 7.5, 15], [], [2.5, 5, 77.5, 15], [2.5, 7.5, 15]]);
});

test('a bar of nothing has no segments', () => {
  expect(segmentsOf({ id: 'p90', anatomy: null }, [], 'time', 0)).toEqual([]);
  expect(longestOf([{ id: 'p90', anatomy: null }])).toBe(0);
});

test('a label is as long as its segment has room', () => {
  const [segment] = segmentsOf(bars[0] as never, numberedStages(bars), 'share', 0);
  expect([70, 30, 10].map((px) => segmentLabel(segment as never, px))).toEqual(['1 · 10\u{202f}%', '1', '']);
});
