import type { ChannelView, ProcessView } from '../../../../../shared/snapshot';

/** What a process costs, in a second and for each of the round trips that it has a part in. */
export interface ProcessCosts {
  process: ProcessView;
  roundTripsPerSecond: number;
  /** Processor time, all threads, nanoseconds; null when it can't be read, or there is no round trip. */
  cpuNsPerRoundTrip: number | null;
  /** Context switches of its main thread, both kinds. */
  switchesPerRoundTrip: number | null;
}

/** `shares`: the channels whose round trips the process has a part in. */
export function costsOf(process: ProcessView, shares: readonly ChannelView[]): ProcessCosts {
  const perSecond = shares.reduce((sum, { stats }) => sum + stats.answeredPerSecond, 0);
  const { cpuPercent, switchesPerSecond: switches } = process;
  const each = (amount: number | null) => (amount === null || perSecond === 0 ? null : amount / perSecond);
  return {
    process,
    roundTripsPerSecond: perSecond,
    cpuNsPerRoundTrip: each(cpuPercent === null ? null : (cpuPercent / 100) * 1e9),
    switchesPerRoundTrip: each(switches === null ? null : switches.voluntary + switches.involuntary),
  };
}
