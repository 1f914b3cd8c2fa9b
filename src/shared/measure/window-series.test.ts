import { expect, test } from 'vitest';
import { SampleLog } from './sample-log';
import { changeBetween, FEWEST_PINGS, INCIDENT_WINDOW_NS, readWindow } from './window-figures';
import { KEPT_WINDOWS, WindowSeries } from './window-series';

const MS = 1e6;
const always = () => true;

/** Answered pings every 100 ms; the round trip is what `rttNs` says of the window. */
function logOf(windows: number, rttNs: (window: number) => number = () => 1000): SampleLog {
  const log = new SampleLog();
  for (let t = 0; t < windows * INCIDENT_WINDOW_NS; t += 100 * MS) {
    const sequence = log.append(t, 64, false);
    log.markSent(sequence, t);
    log.settle(sequence, 'answered', rttNs(Math.floor(t / INCIDENT_WINDOW_NS)));
  }
  return log;
}

function advanceAll(series: WindowSeries, settledNs: number): number {
  let read = 0;
  for (let more = series.advance(settledNs); more > 0; more = series.advance(settledNs)) read += more;
  return read;
}

test('a window is read once, when it is over', () => {
  const series = new WindowSeries(logOf(3));
  expect(series.advance(INCIDENT_WINDOW_NS - 1)).toBe(0);
  expect(series.advance(INCIDENT_WINDOW_NS)).toBe(50);
  expect(series.advance(INCIDENT_WINDOW_NS)).toBe(0);
  expect(advanceAll(series, 3 * INCIDENT_WINDOW_NS)).toBe(100);
});

test('the changes are those between neighbours', () => {
  const series = new WindowSeries(logOf(3, (window) => [1000, 5000, 2000][window] as number));
  advanceAll(series, 3 * INCIDENT_WINDOW_NS);
  expect([...series.quietChanges(always)]).toEqual([
    [0, { p50Ns: 4000, p99Ns: 4000 }],
    [1, { p50Ns: -3000, p99Ns: -3000 }],
  ]);
});

test('a pair is left out when something happened in either window', () => {
  const series = new WindowSeries(logOf(4));
  advanceAll(series, 4 * INCIDENT_WINDOW_NS);
  const incidentNs = 2.5 * INCIDENT_WINDOW_NS;
  const quiet = series.quietChanges((fromNs, toNs) => incidentNs < fromNs || incidentNs >= toNs);
  expect([...quiet.keys()]).toEqual([0]);
});

test('old windows are let go, also when nobody asked for long', () => {
  const series = new WindowSeries(logOf(KEPT_WINDOWS + 20));
  advanceAll(series, 10 * INCIDENT_WINDOW_NS);
  expect(advanceAll(series, (KEPT_WINDOWS + 20) * INCIDENT_WINDOW_NS)).toBe(KEPT_WINDOWS * 50);
  expect(Math.min(...series.quietChanges(always).keys())).toBe(20);
});

test('a channel that is not measured has no windows', () => {
  const series = new WindowSeries(new SampleLog());
  expect(advanceAll(series, 100 * INCIDENT_WINDOW_NS)).toBe(0);
  expect(series.quietChanges(always).size).toBe(0);
});

test('a window holds the answered pings that were due in it, with exact percentiles', () => {
  const log = new SampleLog();
  const add = (atNs: number, outcome: 'answered' | 'timeout' | 'skipped', rttNs: number) => {
    const sequence = log.append(atNs, 64, false);
    log.markSent(sequence, atNs);
    log.settle(sequence, outcome, rttNs);
  };
  add(99, 'answered', 1);
  add(100, 'answered', 30);
  add(150, 'timeout', Number.NaN);
  add(160, 'skipped', Number.NaN);
  add(199, 'answered', 10);
  log.markSent(log.append(199, 64, false), 199);
  add(200, 'answered', 1);
  expect(readWindow(log, 100, 200)).toEqual({ figures: { answered: 2, p50Ns: 10, p99Ns: 30 }, read: 5 });
  expect(readWindow(log, 100, 200, (settledNs) => settledNs >= 200).figures).toEqual({
    answered: 1,
    p50Ns: 10,
    p99Ns: 10,
  });
  expect(readWindow(log, 300, 400).figures).toEqual({ answered: 0, p50Ns: null, p99Ns: null });
});

test('a window with few pings is no side of a change', () => {
  const window = (answered: number, p50Ns: number) => ({ answered, p50Ns, p99Ns: p50Ns });
  expect(changeBetween(window(FEWEST_PINGS, 5), window(FEWEST_PINGS, 7))).toEqual({ p50Ns: 2, p99Ns: 2 });
  expect(changeBetween(window(FEWEST_PINGS - 1, 5), window(FEWEST_PINGS, 7))).toBeNull();
  expect(changeBetween(window(FEWEST_PINGS, 5), window(FEWEST_PINGS - 1, 7))).toBeNull();
});
