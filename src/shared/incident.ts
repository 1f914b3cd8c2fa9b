/** The verdict on one death or hang, computed from the samples of everything that survived it. */

/** What one surviving channel's samples say about an incident. */
export interface SurvivorVerdict {
  channelId: string;
  /** Pings answered in the window before and after. */
  answeredBefore: number;
  answeredAfter: number;
  /** Pings lost in the window after the incident. */
  lost: number;
  /** Nanoseconds; null when the window holds no answered ping. */
  p50BeforeNs: number | null;
  p50AfterNs: number | null;
  p99BeforeNs: number | null;
  p99AfterNs: number | null;
}

/** Everything Bulkhead can say about one incident. */
export interface Incident {
  id: number;
  /** The event that began it. */
  eventId: number;
  processId: string;
  processName: string;
  /** `crashed (exit code 5)`, `hung`, … */
  how: string;
  /** Nanoseconds since the recording began. */
  atNs: number;
  /** Length of the window on each side, nanoseconds. */
  windowNs: number;
  /** `collecting` until the window after the incident has passed and every ping in it is settled. */
  status: 'collecting' | 'final';
  survivors: SurvivorVerdict[];
  /** Sum over the survivors. */
  survivorsLost: number;
  /** Nanoseconds from the incident to the first answered ping of the same process, or null so far. */
  measuredAgainAfterNs: number | null;
}
