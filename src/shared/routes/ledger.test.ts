import { expect, test } from 'vitest';
import { DeliveryCounts } from './delivery-counts';
import { Ledger, type Account } from './ledger';

const sum = ({ delivered, duplicated, refused, failed, lost, unfinished }: Account) =>
  delivered + duplicated + refused + failed + lost + unfinished;

test('every message is in exactly one class, whatever its post and its arrivals say', () => {
  const ledger = new Ledger();
  const arrivals = new DeliveryCounts();
  for (const outcome of ['accepted', 'refused', 'failed', null] as const)
    for (const times of [0, 1, 2, 3]) {
      const number = ledger.begin();
      if (outcome !== null) ledger.settle(number, outcome, 'why');
      for (let time = 0; time < times; time += 1) arrivals.add(number);
    }
  const account = ledger.account(arrivals.bytes());
  expect(account).toMatchObject({
    sent: 16,
    accepted: 4,
    delivered: 4,
    duplicated: 8,
    refused: 1,
    failed: 1,
    lost: 1,
    unfinished: 1,
    arrivedAnyway: 6,
  });
  expect(sum(account)).toBe(account.sent);
});

test('adds up for any mixture', () => {
  const ledger = new Ledger();
  const arrivals = new DeliveryCounts();
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let n = 0; n < 5000; n += 1) {
    const number = ledger.begin();
    const outcome = (['accepted', 'refused', 'failed'] as const)[random(4)];
    if (outcome !== undefined) ledger.settle(number, outcome, `reason ${random(400)}`);
    for (let times = random(3); times > 0; times -= 1) arrivals.add(number);
  }
  const account = ledger.account(arrivals.bytes());
  expect(account.sent).toBe(5000);
  expect(sum(account)).toBe(5000);
  const { accepted, refused, failed, pending } = ledger.posts;
  expect(accepted + refused + failed + pending).toBe(5000);
  const named = [...account.reasons.refused, ...account.reasons.failed];
  expect(named.reduce((total, { count }) => total + count, 0)).toBe(refused + failed);
  expect(named.length).toBeLessThanOrEqual(202);
});

test('reasons are counted apart, the most frequent first', () => {
  const ledger = new Ledger();
  for (const reason of ['away', 'full', 'away']) ledger.settle(ledger.begin(), 'refused', reason);
  ledger.settle(ledger.begin(), 'failed', 'away');
  expect(ledger.account(new Uint8Array(0)).reasons).toEqual({
    refused: [
      { reason: 'away', count: 2 },
      { reason: 'full', count: 1 },
    ],
    failed: [{ reason: 'away', count: 1 }],
  });
});

test('a second outcome, or one of a message that was not sent, is refused', () => {
  const ledger = new Ledger();
  ledger.settle(ledger.begin(), 'accepted');
  expect(() => ledger.settle(0, 'failed')).toThrow('Message 0');
  expect(() => ledger.settle(1, 'accepted')).toThrow('Message 1');
});

test('arrivals count each message once, and its repeats apart', () => {
  const arrivals = new DeliveryCounts();
  expect(arrivals.add(2)).toBe(true);
  expect(arrivals.add(2)).toBe(false);
  for (let n = 0; n < 300; n += 1) arrivals.add(5000);
  expect([arrivals.distinct, arrivals.duplicated, arrivals.repeats]).toEqual([2, 2, 300]);
  expect(arrivals.bytes()).toHaveLength(5001);
  expect(arrivals.bytes()[5000]).toBe(255);
});
