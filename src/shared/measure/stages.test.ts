import { expect, test } from 'vitest';
import { render } from '../messages/message';
import { fromIntendedNs, type Sample, type Stamps } from './sample-columns';
import { STAGE_POINTS, stageSide, STAGES, stagesOf, stageTitle } from './stages';

const DUE_NS = 5_000_000;
/** A world in which each stage takes what is given here, in order. */
type World = readonly number[];
const WORLD: World = [3_000, 8_000, 41_000, 2_000, 7_000, 9_000, 52_000, 1_000];

type Answered = Pick<Sample, 'intendedNs' | 'sentNs' | 'rttNs'> & Stamps;

/** What is stamped of a ping in `world`, the peer's clock being `offNs` fast and known to within `peerErrorNs`. */
function pingIn(world: World, { offNs = 0, peerErrorNs = 0 } = {}): Answered {
  const at: number[] = [DUE_NS];
  for (const ns of world) at.push((at.at(-1) as number) + ns);
  const [due, sent, wrote, peerRead, peerTook, peerAnswered, peerWrote, read, done] = at as [number, ...number[]];
  return {
    intendedNs: due,
    sentNs: sent as number,
    rttNs: (done as number) - (sent as number),
    wroteNs: wrote as number,
    peerReadNs: (peerRead as number) + offNs,
    peerTookNs: (peerTook as number) + offNs,
    peerAnsweredNs: (peerAnswered as number) + offNs,
    peerWroteNs: (peerWrote as number) + offNs,
    readNs: read as number,
    peerErrorNs,
  };
}

const page = { peerReadNs: Number.NaN, peerWroteNs: Number.NaN };
const lengths = (sample: Answered) => stagesOf(sample).map(({ id, ns }) => [id, ns]);
const total = (sample: Answered) => stagesOf(sample).reduce((sum, { ns }) => sum + ns, 0);

/** Numbers from 0 to 1 that are the same every time. */
function* lottery(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

test('known delays come back right', () => {
  expect(lengths(pingIn(WORLD))).toEqual(STAGES.map(({ id }, at) => [id, WORLD[at]]));
});

test.each(STAGES.map(({ id }, at) => [id, at] as const))('a delay in %s lands there and nowhere else', (id, at) => {
  const delayed = stagesOf(pingIn(WORLD.with(at, (WORLD[at] as number) + 5_000_000)));
  for (const [i, stage] of delayed.entries())
    expect([stage.id, stage.ns - (WORLD[i] as number)]).toEqual([STAGES[i]?.id, stage.id === id ? 5_000_000 : 0]);
});

test('stages follow one another', () => {
  const stages = stagesOf(pingIn(WORLD));
  for (const [at, { startNs, ns }] of stages.entries())
    expect((startNs ?? 0) + ns).toBe(stages[at + 1]?.startNs ?? DUE_NS + WORLD.reduce((sum, each) => sum + each));
});

test('a point that was not seen joins the stages beside it', () => {
  const stages = stagesOf({ ...pingIn(WORLD), ...page });
  expect(stages.map(({ id, ns }) => [id, ns])).toEqual([
    ['due-sent', 3_000],
    ['sent-wrote', 8_000],
    ['wrote-peerTook', 43_000],
    ['peerTook-peerAnswered', 7_000],
    ['peerAnswered-read', 61_000],
    ['read-done', 1_000],
  ]);
});

test('without any stamp there is the wait before the send, and the rest', () => {
  const { intendedNs, sentNs, rttNs } = pingIn(WORLD);
  expect(stagesOf({ intendedNs, sentNs, rttNs }).map(({ id }) => id)).toEqual(['due-sent', 'sent-done']);
});

test('a ping that was not answered has no stages', () => {
  expect(stagesOf({ ...pingIn(WORLD), rttNs: Number.NaN })).toEqual([]);
  expect(stagesOf({ ...pingIn(WORLD), sentNs: Number.NaN })).toEqual([]);
});

test('when the peer has it before our call returned, the call held up nothing beyond that', () => {
  const ping = pingIn(WORLD);
  const overlapping = { ...ping, wroteNs: ping.peerReadNs + 4_000 };
  expect(lengths(overlapping).slice(1, 4)).toEqual([
    ['sent-wrote', 49_000],
    ['wrote-peerRead', 0],
    ['peerRead-peerTook', 2_000],
  ]);
  expect(total(overlapping)).toBe(fromIntendedNs(ping));
});

test('stages are never negative and add up, whatever the stamps are', () => {
  const chance = lottery(7);
  const next = () => chance.next().value;
  for (let i = 0; i < 2_000; i += 1) {
    const ping = pingIn(WORLD, { peerErrorNs: next() < 0.5 ? 0 : Math.round(next() * 100_000) });
    for (const point of ['wroteNs', 'peerReadNs', 'peerTookNs', 'peerAnsweredNs', 'peerWroteNs', 'readNs'] as const)
      ping[point] = next() < 0.2 ? Number.NaN : DUE_NS + Math.round((next() * 3 - 1) * 120_000);
    expect(Math.min(...stagesOf(ping).map(({ ns }) => ns))).toBeGreaterThanOrEqual(0);
    expect(total(ping)).toBe(fromIntendedNs(ping));
  }
});

test('of a page whose clock is good enough, there, answer and back are told apart', () => {
  const ping = { ...pingIn(WORLD, { offNs: 900, peerErrorNs: 5_000 }), ...page };
  expect(lengths(ping).slice(2, 5)).toEqual([
    ['wrote-peerTook', 43_900],
    ['peerTook-peerAnswered', 7_000],
    ['peerAnswered-read', 60_100],
  ]);
  expect(total(ping)).toBe(fromIntendedNs(ping));
});

test('an answer that took less than the error belongs to the way back', () => {
  const ping = { ...pingIn(WORLD, { peerErrorNs: 8_000 }), ...page };
  expect(lengths(ping).slice(2, 4)).toEqual([
    ['wrote-peerTook', 43_000],
    ['peerTook-read', 68_000],
  ]);
});

test('of one whose clock is too far off for that, how long it took for its answer is', () => {
  const slow = WORLD.with(4, 900_000);
  const ping = { ...pingIn(slow, { offNs: -80_000, peerErrorNs: 100_000 }), ...page };
  const stages = stagesOf(ping);
  expect(stages.slice(2).map(({ id, startNs, ns }) => [id, startNs, ns])).toEqual([
    ['there-and-back', null, 43_000 + 61_000],
    ['peerTook-peerAnswered', null, 900_000],
    ['read-done', DUE_NS + slow.slice(0, 7).reduce((sum, ns) => sum + ns), 1_000],
  ]);
  expect(total(ping)).toBe(fromIntendedNs(ping));
});

test('and nothing that is smaller than the error', () => {
  const ping = { ...pingIn(WORLD, { offNs: 20_000, peerErrorNs: 100_000 }), ...page };
  expect(lengths(ping).slice(2)).toEqual([
    ['wrote-read', 111_000],
    ['read-done', 1_000],
  ]);
});

test('every stage has words, also of points that were not seen', () => {
  for (const [first, from] of STAGE_POINTS.entries())
    for (const to of STAGE_POINTS.slice(first + 1)) {
      const title = render(stageTitle({ id: `${from}-${to}`, from, to }, 'plugin'));
      expect(title).toMatch(/^[a-zA-Z ’,]+$/);
    }
  const title = (id: 'wrote-peerRead' | 'sent-read') => {
    const [from, to] = id.split('-') as ['wrote', 'peerRead'];
    return render(stageTitle({ id, from, to }, 'plugin'));
  };
  expect(title('wrote-peerRead')).toBe('waiting for the plugin’s thread to be scheduled');
  expect(title('sent-read')).toBe('from when it was handed over to be sent until our thread had the answer');
});

test('a stage is spent with one of the two, or between them', () => {
  expect(stageSide({ from: 'due', to: 'wrote' })).toBe('own');
  expect(stageSide({ from: 'peerRead', to: 'peerWrote' })).toBe('peer');
  expect(stageSide({ from: 'wrote', to: 'peerTook' })).toBe('between');
});
