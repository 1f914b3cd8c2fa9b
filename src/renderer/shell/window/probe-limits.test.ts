import { expect, test } from 'vitest';
import { DEFAULT_PROBE_SETTINGS, probeSettingsSchema } from '../../../shared/probe-settings';
import { PROBE_LIMITS, type ProbeNumber } from './probe-limits';

test.each(Object.keys(PROBE_LIMITS) as ProbeNumber[])('%s has the bounds of the contract', (key) => {
  const { min, max } = PROBE_LIMITS[key];
  const accepts = (value: number): boolean =>
    probeSettingsSchema.safeParse({ ...DEFAULT_PROBE_SETTINGS, [key]: value }).success;
  expect([accepts(min), accepts(max), accepts(min - 1), accepts(max + 1)]).toEqual([true, true, false, false]);
});
