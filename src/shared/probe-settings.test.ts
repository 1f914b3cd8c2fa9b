import { expect, test } from 'vitest';
import { DEFAULT_PROBE_SETTINGS, probeSettingsSchema } from './probe-settings';

test('the defaults are allowed settings', () => {
  expect(probeSettingsSchema.parse(DEFAULT_PROBE_SETTINGS)).toEqual({
    ratePerSecond: 20,
    payloadBytes: 64,
    timeoutMs: 1000,
  });
});

test.each([{ ratePerSecond: 1 }, { ratePerSecond: 1000 }, { payloadBytes: 0 }, { payloadBytes: 32_768 }])(
  '%j is allowed',
  (change) => {
    expect(probeSettingsSchema.safeParse({ ...DEFAULT_PROBE_SETTINGS, ...change }).success).toBe(true);
  },
);

test.each([
  { ratePerSecond: 0 },
  { ratePerSecond: 1001 },
  { ratePerSecond: 2.5 },
  { ratePerSecond: Number.NaN },
  { ratePerSecond: '20' },
  { payloadBytes: -1 },
  { payloadBytes: 32_769 },
  { payloadBytes: Number.POSITIVE_INFINITY },
  { timeoutMs: 0 },
  { timeoutMs: 10_001 },
  { timeoutMs: undefined },
  { extra: 1 },
])('%j is refused', (change) => {
  expect(probeSettingsSchema.safeParse({ ...DEFAULT_PROBE_SETTINGS, ...change }).success).toBe(false);
});
