import type { ProbeSettings } from '../../../shared/probe-settings';

export type ProbeNumber = Exclude<keyof ProbeSettings, 'stages'>;

/**
 * The bounds of `probeSettingsSchema`, written again: importing the schema would bring zod into the page, which
 * probes for `eval` and so trips over the page's CSP. A test keeps the two equal.
 */
export const PROBE_LIMITS: Record<ProbeNumber, { min: number; max: number; step: number }> = {
  ratePerSecond: { min: 1, max: 1000, step: 10 },
  payloadBytes: { min: 0, max: 32 * 1024, step: 64 },
  timeoutMs: { min: 50, max: 10_000, step: 100 },
};
