import { expect, test } from 'vitest';
import { EstimatedClock } from './clock';

/** A page whose own clock is `behindNs` behind the shared one and goes in steps. */
function page({ behindNs = 5e9, stepNs = 0 } = {}) {
  const time = { nowNs: 7e9, behindNs };
  const own = () => {
    const exact = time.nowNs - time.behindNs;
    return stepNs === 0 ? exact : Math.floor(exact / stepNs) * stepNs;
  };
  const clock = new EstimatedClock(own, stepNs);
  /** A message to the browser process and one back, which take so long. */
  const exchange = (thereNs: number, backNs: number) => {
    const ownNs = clock.own();
    time.nowNs += thereNs;
    clock.delivered(ownNs, time.nowNs);
    const sentNs = time.nowNs;
    time.nowNs += backNs;
    clock.received(sentNs);
  };
  return { clock, time, exchange };
}

test('nothing is known before there were messages both ways', () => {
  const { clock, time } = page();
  expect(clock.read()).toBeNull();
  clock.received(time.nowNs);
  expect(clock.read()).toBeNull();
  clock.delivered(clock.own(), time.nowNs);
  expect(clock.read()).not.toBeNull();
});

test('one exchange: wrong by half its round trip at most', () => {
  const { clock, time, exchange } = page();
  exchange(300, 700);
  const { atNs, errorNs } = clock.read() ?? expect.fail();
  expect(errorNs).toBe(500);
  expect(Math.abs(atNs - time.nowNs)).toBe(200);
});

test('the quickest message each way counts, whatever came with it', () => {
  const { clock, exchange } = page();
  exchange(9000, 20);
  exchange(30, 9000);
  exchange(5000, 5000);
  expect(clock.read()?.errorNs).toBe(25);
});

test.each([1, 3, 100, 12_345])('with steps of %d ns the true time is always within the error', (stepNs) => {
  const { clock, time, exchange } = page({ behindNs: 4_000_000_037, stepNs });
  for (let i = 1; i < 200; i += 1) {
    exchange((i * 7919) % 1009, (i * 104_729) % 2003);
    time.nowNs += (i * 31) % 777;
    const { atNs, errorNs } = clock.read() ?? expect.fail();
    expect(Math.abs(atNs - time.nowNs)).toBeLessThanOrEqual(errorNs);
  }
});

test.each([-3e9, 3e9])('a clock that jumped by %d ns is estimated anew', (jumpNs) => {
  const { clock, time, exchange } = page();
  exchange(10, 10);
  time.behindNs += jumpNs;
  exchange(300, 700);
  exchange(300, 700);
  const { atNs, errorNs } = clock.read() ?? expect.fail();
  expect(errorNs).toBe(500);
  expect(Math.abs(atNs - time.nowNs)).toBeLessThanOrEqual(errorNs);
});
