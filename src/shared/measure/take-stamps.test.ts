import { expect, test } from 'vitest';
import type { PeerStamps } from '../stamp-trailer';
import { SampleLog } from './sample-log';
import { takeStamps } from './take-stamps';

const SENT_NS = 10_000;
const DONE_NS = 90_000;
const SOUND: PeerStamps = {
  readNs: 40_000,
  tookNs: 45_000,
  answeredNs: 50_000,
  earlierWroteNs: Number.NaN,
  earlierSequence: 0,
  errorNs: 0,
};

function log(): SampleLog {
  const held = new SampleLog();
  for (let i = 0; i < 2; i += 1) held.append(0, 8, false);
  held.stamp(0, 'peerAnsweredNs', 3_000);
  return held;
}

const take = (stamps: PeerStamps, held = log()) =>
  takeStamps(stamps, { sequence: 1, sentNs: SENT_NS, doneNs: DONE_NS }, held);

test('what a pong tells stands with its ping', () => {
  const held = log();
  expect(take({ ...SOUND, errorNs: 5 }, held)).toBe('own');
  expect(held.get(1)).toMatchObject({
    peerReadNs: 40_000,
    peerTookNs: 45_000,
    peerAnsweredNs: 50_000,
    peerErrorNs: 5,
    peerWroteNs: Number.NaN,
  });
});

test('when the pong before was sent stands with the ping before', () => {
  const held = log();
  expect(take({ ...SOUND, earlierWroteNs: 4_000 }, held)).toBe('own-and-earlier');
  expect([held.get(0)?.peerWroteNs, held.get(1)?.peerWroteNs]).toEqual([4_000, Number.NaN]);
});

test.each([
  ['before its answer', { earlierWroteNs: 2_999 }],
  ['after this pong was here', { earlierWroteNs: DONE_NS + 1 }],
  ['of this ping itself', { earlierSequence: 1, earlierWroteNs: 60_000 }],
  ['of a ping that there is not', { earlierSequence: 4_000_000_000, earlierWroteNs: 4_000 }],
])('but not %s', (_what, earlier) => {
  const held = log();
  expect(take({ ...SOUND, ...earlier }, held)).toBe('own');
  expect([held.get(0)?.peerWroteNs, held.get(1)?.peerWroteNs]).toEqual([Number.NaN, Number.NaN]);
});

test.each<[what: string, stamps: Partial<PeerStamps>]>([
  ['read before it was sent', { readNs: SENT_NS - 1 }],
  ['taken before it was read', { tookNs: 39_999 }],
  ['answered before it was taken', { answeredNs: 44_999 }],
  ['answered after the answer was here', { answeredNs: DONE_NS + 1 }],
  ['taken before it was sent, and nobody saw it read', { readNs: Number.NaN, tookNs: SENT_NS - 1 }],
  ['not taken at all', { tookNs: Number.NaN }],
  ['not answered at all', { answeredNs: Number.NaN }],
  ['taken in a thousand years', { tookNs: 2 ** 63 }],
])('a ping that was %s is none, and nothing is put down', (_what, stamps) => {
  const held = log();
  expect(take({ ...SOUND, ...stamps }, held)).toBe('nothing');
  expect(held.get(1)).toMatchObject({ peerTookNs: Number.NaN, peerErrorNs: Number.NaN });
});

test('a clock may be off by as much as it says', () => {
  expect(take({ ...SOUND, readNs: Number.NaN, tookNs: SENT_NS - 300, errorNs: 300 })).toBe('own');
  expect(take({ ...SOUND, readNs: Number.NaN, tookNs: SENT_NS - 301, errorNs: 300 })).toBe('nothing');
});
