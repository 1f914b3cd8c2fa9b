import { expect, test } from 'vitest';
import { anatomyOf, peerOf, takenApart } from './anatomy';
import { CLOSED, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';
import { emptyColumns, type SampleColumns, stampStore } from './round-samples';
import { outcomeCode } from '../measure/outcome';

const ZERO_NS = 5e9;

/** Pings that are sent at once, are 40 µs on their way there and back, and in between wait for so long. */
function stamped(waitsNs: readonly number[]): SampleColumns {
  const columns = emptyColumns(waitsNs.length, true);
  const store = stampStore(columns, 100, ZERO_NS);
  for (const [at, waitNs] of waitsNs.entries()) {
    const sentNs = at * 1e6;
    columns.intendedNs[at] = sentNs;
    columns.sentNs[at] = sentNs;
    columns.rttNs[at] = waitNs + 45_000;
    columns.outcome[at] = outcomeCode.answered;
    const from = ZERO_NS + sentNs;
    store.stamp(100 + at, 'wroteNs', from + 5_000);
    store.stamp(100 + at, 'peerTookNs', from + 5_000 + waitNs);
    store.stamp(100 + at, 'peerAnsweredNs', from + 15_000 + waitNs);
    store.stamp(100 + at, 'peerErrorNs', 0);
  }
  return columns;
}

test('stages of all rounds, with their titles and sentences', () => {
  const usual = Array.from({ length: 100 }, () => 20_000);
  const anatomy = anatomyOf(
    [stamped(usual), stamped([...usual, ...usual.slice(0, 10).map(() => 900_000)])],
    'plugin-plugin',
  );
  expect(anatomy?.p50.stages.map(({ title, ns }) => [title, ns])).toEqual([
    ['waiting in our process until it was sent', 0],
    ['our call that sent it', 5_000],
    ['waiting for the plugin’s JavaScript to run', 20_000],
    ['the plugin making its answer', 10_000],
    ['from when the plugin had its answer until our JavaScript had the answer', 30_000],
  ]);
  expect(anatomy).toMatchObject({
    taken_apart: 210,
    p50: { pings: 43, rtt_ns: 65_000 },
    p99: { pings: 5, rtt_ns: 945_000 },
  });
  expect(anatomy?.sentences).toEqual([
    'p50: 46\u202f% from when the plugin had its answer until our JavaScript had the answer, 31\u202f% waiting for the plugin’s JavaScript to run',
    'p90: 46\u202f% from when the plugin had its answer until our JavaScript had the answer, 31\u202f% waiting for the plugin’s JavaScript to run',
    'p99: 95\u202f% waiting for the plugin’s JavaScript to run',
    'p99 takes 880\u202fµs more than p50; 100\u202f% of that: waiting for the plugin’s JavaScript to run',
  ]);
});

test('of those pings that were asked, and how many of all these are', () => {
  const samples = stamped(Array.from({ length: 10 }, (_, at) => (at < 4 ? 20_000 : 90_000)));
  samples.wroteNs.fill(Number.NaN, 4);
  const anatomy = anatomyOf([samples], 'plugin-plugin');
  expect(anatomy).toMatchObject({ taken_apart: 4, p99: { rtt_ns: 65_000 } });
  const run = resultOf(recordOf([{ ...roundOf([]), samples }]), CLOSED);
  expect(takenApart(run)).toBe('4 of 10 pings');
  expect(takenApart(resultOf(recordOf([roundOf([1000])]), CLOSED))).toBeNull();
});

test('none where nobody asked, or nothing was answered', () => {
  expect(anatomyOf([roundOf([1, 2, 3]).samples], 'plugin-plugin')).toBeNull();
  expect(anatomyOf([emptyColumns(3, true)], 'plugin-plugin')).toBeNull();
});

test.each([
  ['plugin-renderer', 'page'],
  ['plugin-kernel', 'kernel'],
  ['plugin-plugin', 'plugin'],
  ['of another version', 'peer'],
])('on route %s the %s answers', (route, peer) => {
  expect(peerOf(route)).toBe(peer);
});
