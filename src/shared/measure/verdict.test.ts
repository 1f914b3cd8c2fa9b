import { describe, expect, test } from 'vitest';
import type { NotCompared } from '../incident';
import { ChannelWatch } from './channel-watch';
import { SampleLog } from './sample-log';
import { judge, Survivor, type Surroundings } from './verdict';
import { INCIDENT_WINDOW_NS } from './window-figures';

const MS = 1e6;
const SECOND = 1e9;
const LIMIT = SECOND;
/** The incident, on no edge of a window. */
const AT = 152 * SECOND;

const undisturbed: Surroundings = { disturbance: () => null, isQuiet: (_survivor, _fromNs, toNs) => toNs <= AT };

/** A channel pinged every 100 ms, whose round trips are `rttNs` of the time, and all its windows read. */
function survivorOf(id: string, rttNs: (tNs: number) => number): Survivor {
  const log = new SampleLog();
  const watch = new ChannelWatch(log, () => 0);
  for (let t = 0; t < AT + 10 * SECOND; t += 100 * MS) {
    const sequence = log.append(t, 64, false);
    log.markSent(sequence, t);
    log.settle(sequence, 'answered', rttNs(t));
    watch.settled(sequence);
  }
  while (watch.windows.advance(AT + INCIDENT_WINDOW_NS) > 0);
  const survivor = new Survivor(id, id, watch, AT);
  survivor.readWindows(LIMIT);
  return survivor;
}

/** Around `base` by itself, and `more` from the incident on. */
const rising = (base: number, more: number) => (tNs: number) =>
  base + (Math.floor(tNs / INCIDENT_WINDOW_NS) % 3) * (base / 50) + (tNs >= AT ? more : 0);

describe('the two sides of an incident', () => {
  test('are five seconds each', () => {
    const { verdict } = survivorOf('a', () => 1000);
    expect(verdict).toMatchObject({ answeredBefore: 50, answeredAfter: 50 });
  });

  test('a ping that was under way when it happened belongs to the time after', () => {
    const { verdict } = survivorOf('a', (tNs) => (tNs < AT && tNs >= AT - 500 * MS ? 600 * MS : 1000));
    expect(verdict).toMatchObject({ answeredBefore: 45, answeredAfter: 55, p99BeforeNs: 1000, p99AfterNs: 600 * MS });
  });

  test('have no percentiles where nothing was answered', () => {
    const survivor = new Survivor('a', 'a', new ChannelWatch(new SampleLog(), () => 0), AT);
    survivor.readWindows(LIMIT);
    expect(survivor.change).toBeNull();
    expect(survivor.verdict).toMatchObject({
      answeredBefore: 0,
      p50BeforeNs: null,
      answeredAfter: 0,
      p99AfterNs: null,
    });
  });
});

describe('the judgement', () => {
  test('says how far each channel could rise without being called slower', () => {
    const survivor = survivorOf('a', rising(100_000, 0));
    expect(judge([survivor], undisturbed)).toEqual({ kind: 'steady', channels: 1, comparisons: 29 });
    // By itself it goes up and down by up to 4 µs.
    expect(survivor.verdict.comparison).toEqual({ kind: 'compared', p50LimitNs: 4000, p99LimitNs: 4000 });
  });

  test('puts the channel first that is furthest above its limit, not the one that rose most', () => {
    const verdict = judge(
      [
        survivorOf('steady', rising(100_000, 0)),
        survivorOf('restless', rising(5_000_000, 900_000)),
        survivorOf('calm', rising(50_000, 300_000)),
      ],
      undisturbed,
    );
    expect(verdict).toMatchObject({ kind: 'slowed', slower: [{ channelId: 'calm' }, { channelId: 'restless' }] });
  });

  test('takes p50 or p99, whichever is further above its limit', () => {
    // Two slow ones of fifty: the tail, and not the middle.
    const tail = (tNs: number) => rising(100_000, 0)(tNs) + (tNs >= AT && tNs < AT + 200 * MS ? 5_000_000 : 0);
    expect(judge([survivorOf('a', tail)], undisturbed)).toMatchObject({
      kind: 'slowed',
      slower: [{ channelId: 'a', percentile: 'p99' }],
    });
  });

  test('of nobody is that there was nobody', () => {
    expect(judge([], undisturbed)).toEqual({ kind: 'not-measured', reason: 'no-survivors' });
  });

  test('of channels that could not be compared is why most of them could not', () => {
    const reasons: NotCompared[] = ['own-incident', 'other-incident', 'other-incident'];
    const survivors = reasons.map((_reason, i) => survivorOf(String(i), rising(100_000, 0)));
    const verdict = judge(survivors, {
      ...undisturbed,
      disturbance: (survivor) => reasons[survivors.indexOf(survivor)] ?? null,
    });
    expect(verdict).toEqual({ kind: 'not-measured', reason: 'other-incident' });
    expect(survivors.map(({ verdict: { comparison } }) => comparison)).toEqual(
      reasons.map((reason) => ({ kind: 'not-compared', reason })),
    );
  });
});
