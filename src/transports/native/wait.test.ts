import { expect, test } from 'vitest';
import { ALONE, comesSeldom, descriptorSpinNs, serveOneChannel, sleepBetweenMessages, waitHere } from './wait';

test('messages come seldom when they lie further apart than an end looks for the next one', () => {
  expect(comesSeldom(null)).toBe(false);
  expect(comesSeldom(1)).toBe(true);
  expect(comesSeldom(4999)).toBe(true);
  expect(comesSeldom(5000)).toBe(false);
});

test('where they do, an end that can sleep on a descriptor sleeps at once, and shared memory is looked at as ever', () => {
  serveOneChannel();
  expect(descriptorSpinNs()).toBe(ALONE.spinNs);
  sleepBetweenMessages();
  expect(descriptorSpinNs()).toBe(0);
  expect(waitHere()).toBe(ALONE);
});
