import { expect, test } from 'vitest';
import { ClosedLoop } from './closed-loop';

function loop(cycles: number, answer: (loop: ClosedLoop, sequence: number) => void) {
  let now = 0;
  const each: ClosedLoop = new ClosedLoop({
    clock: () => (now += 10),
    path: {
      sendPing(sequence) {
        answer(each, sequence);
        return 'sent';
      },
    },
    payload: new Uint8Array(0),
    cycles,
    firstSequence: 40,
    timeoutNs: 1000,
  });
  return each;
}

const pong = (sequence: number) => ({ type: 'pong', sequence, payload: new Uint8Array(0) }) as const;

test('a path that answers at once does not grow the stack', () => {
  const each = loop(200_000, (self, sequence) => self.receive(pong(sequence)));
  each.start();
  expect(each.finished).toBe(true);
  expect(each.round(0).samples.outcome).toHaveLength(200_000);
});

test('sequence numbers begin where they are told to', () => {
  const seen: number[] = [];
  loop(3, (self, sequence) => {
    seen.push(sequence);
    self.receive(pong(sequence));
  }).start();
  expect(seen).toEqual([40, 41, 42]);
});

test('for their stages the first pings are asked, and then one in 32', () => {
  let now = 0;
  const asked: number[] = [];
  const reads: boolean[] = [];
  const each = new ClosedLoop({
    clock: () => (now += 10),
    path: {
      sendPing(sequence, _payload, asks) {
        if (asks === true) asked.push(sequence);
        each.receive(pong(sequence));
        return 'sent';
      },
      stampReads: (on) => reads.push(on),
    },
    payload: new Uint8Array(0),
    cycles: 100,
    firstSequence: 0,
    timeoutNs: 1000,
    stages: true,
  });
  each.start();
  expect(asked).toEqual([...Array.from({ length: 32 }, (_, at) => at), 63, 95]);
  expect(reads.flatMap((on, at) => (on ? [at] : []))).toEqual(asked);
  const { wroteNs } = each.round(0).samples;
  expect([...wroteNs].flatMap((ns, at) => (Number.isNaN(ns) ? [] : [at]))).toEqual(asked);
});

test('pongs of another loop, and pings, are not taken', () => {
  const each = loop(1, () => undefined);
  each.start();
  each.receive(pong(39));
  each.receive(pong(41));
  each.receive({ ...pong(40), type: 'ping' });
  expect(each.finished).toBe(false);
  each.receive(pong(40));
  expect(each.round(2).counts).toEqual({ late: 2, duplicate: 0, reordered: 0, rejected: 2 });
});
