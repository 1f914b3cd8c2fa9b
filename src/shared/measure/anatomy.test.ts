import { expect, test } from 'vitest';
import { render } from '../messages/message';
import { type Anatomy, anatomiesOf, anatomyOfPing, headlineOf, tailOf } from './anatomy';
import type { Sample, Stamps } from './sample-columns';
import { STAGES } from './stages';

type Answered = Pick<Sample, 'intendedNs' | 'sentNs' | 'rttNs'> & Stamps;

const USUAL = [1_000, 4_000, 30_000, 2_000, 3_000, 5_000, 40_000, 1_000];

/** A ping whose stages take so long, in order. */
function ping(stages: readonly number[], peerErrorNs = 0): Answered {
  const at = [0];
  for (const ns of stages) at.push((at.at(-1) as number) + ns);
  const [due, sent, wrote, peerRead, peerTook, peerAnswered, peerWrote, read, done] = at as [number, ...number[]];
  const own = { intendedNs: due, sentNs: sent as number, rttNs: (done as number) - (sent as number) };
  return {
    ...own,
    wroteNs: wrote as number,
    peerReadNs: peerRead as number,
    peerTookNs: peerTook as number,
    peerAnsweredNs: peerAnswered as number,
    peerWroteNs: peerWrote as number,
    readNs: read as number,
    peerErrorNs,
  };
}

/** 1,000 pings that differ a little, of which the slowest 20 wait so much longer for the peer's thread. */
const PINGS = Array.from({ length: 1000 }, (_, i) =>
  ping(USUAL.with(6, 40_000 + i).with(2, i >= 980 ? 2_000_000 + i : 30_000)),
);
const sum = ({ stages }: Anatomy) => stages.reduce((total, { ns }) => total + ns, 0);

test('typical pings are those around the median, slow ones those around p99', () => {
  const { p50, p90, p99 } = anatomiesOf(PINGS);
  expect([p50?.pings, p90?.pings, p99?.pings]).toEqual([201, 41, 5]);
  expect(p50?.stages.map(({ id, ns }) => [id, ns])).toEqual(
    STAGES.map(({ id }, at) => [id, USUAL.with(6, 40_499)[at]]),
  );
  expect(p99?.stages[2]).toMatchObject({ id: 'wrote-peerRead', ns: 2_000_989 });
});

test('stages add up to the mean round trip, and their shares to one', () => {
  for (const anatomy of Object.values(anatomiesOf(PINGS))) {
    expect(sum(anatomy)).toBeCloseTo(anatomy.rttNs, 3);
    expect(anatomy.stages.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 9);
  }
});

test('a sentence says where the time goes, and where the tail comes from', () => {
  const { p50, p99 } = anatomiesOf(PINGS) as Required<ReturnType<typeof anatomiesOf>>;
  expect(render(headlineOf('p99', p99, 'plugin'))).toBe(
    'p99: 97\u202f% waiting for the plugin’s thread to be scheduled',
  );
  expect(render(headlineOf('p50', p50, 'plugin'))).toBe(
    'p50: 47\u202f% waiting for our thread to be scheduled, 35\u202f% waiting for the plugin’s thread to be scheduled',
  );
  const tail = tailOf(p50, p99, 'plugin');
  expect(tail && render(tail)).toBe(
    'p99 takes 1.97\u202fms more than p50; 100\u202f% of that: waiting for the plugin’s thread to be scheduled',
  );
  expect(tailOf(p50, p50, 'plugin')).toBeNull();
});

test('pings without stamps, or without an answer, are not among them', () => {
  const { intendedNs, sentNs, rttNs } = ping(USUAL);
  const unstamped = { intendedNs, sentNs, rttNs };
  expect(anatomiesOf([unstamped, { ...ping(USUAL), rttNs: Number.NaN }])).toEqual({});
  expect(anatomyOfPing(unstamped)).toBeNull();
  expect(anatomiesOf([unstamped, ping(USUAL)]).p50?.pings).toBe(1);
});

test('a stamp that few pings lack leaves those out; one that many lack joins its stages', () => {
  const lacking = (few: boolean) =>
    Array.from({ length: 100 }, (_, i) => ({
      ...ping(USUAL),
      peerWroteNs: i % (few ? 25 : 3) === 0 ? Number.NaN : 45_000,
    }));
  expect(anatomiesOf(lacking(true)).p50).toMatchObject({ pings: 20, rttNs: 86_000 });
  expect(anatomiesOf(lacking(true)).p50?.stages).toHaveLength(8);
  const many = anatomiesOf(lacking(false)).p50;
  expect([many?.pings, many?.stages[5]?.id]).toEqual([21, 'peerAnswered-read']);
  expect(many && sum(many)).toBe(86_000);
});

test('a page’s answer is told where nearly all pings tell it, and joined where they don’t', () => {
  const slow = (answerNs: number) => ping(USUAL.with(4, answerNs).with(6, 990_000 - answerNs), 100_000);
  const all = anatomiesOf(Array.from({ length: 50 }, () => slow(930_000))).p50;
  expect(all?.stages.map(({ id }) => id)).toEqual([
    'due-sent',
    'sent-wrote',
    'there-and-back',
    'peerTook-peerAnswered',
    'read-done',
  ]);
  const some = anatomiesOf(Array.from({ length: 50 }, (_, i) => slow(i % 5 === 0 ? 90_000 : 930_000))).p50;
  expect([some?.pings, some?.stages[2]?.id, some && sum(some)]).toEqual([11, 'wrote-read', 1_033_000]);
});

test('a single ping has an anatomy of its own', () => {
  expect(anatomyOfPing(ping(USUAL))).toMatchObject({ pings: 1, rttNs: 86_000, stages: { length: 8 } });
});
