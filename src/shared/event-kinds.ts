/**
 * What can happen, one row each. Charts, lists, recordings, verdicts and the schema derive from this table; the words of
 * an event's label and detail are its message's (`messages/english/events.ts`).
 */

interface EventKindRow {
  /** How grave it is; each tone has its colour and sign on the charts. */
  tone: 'bad' | 'warn' | 'good';
  /** What stands at a marker when there is no room for its label. */
  short: string;
  /** Whether a chart draws a marker by itself (the rest stand in the recording only). */
  marked: boolean;
  /**
   * What it means for a verdict on the others. `death` and `silence` of a process make an incident; it is over with
   * `answer`; a `launch` and new `settings` disturb the comparison; a `restart` only ends the wait for what was asked.
   */
  verdict: 'death' | 'silence' | 'answer' | 'launch' | 'restart' | 'settings' | 'none';
}

export const EVENT_KINDS = {
  launched: { tone: 'good', short: 'launch', marked: false, verdict: 'launch' },
  crash: { tone: 'bad', short: 'crash', marked: true, verdict: 'death' },
  kill: { tone: 'bad', short: 'kill', marked: true, verdict: 'death' },
  exit: { tone: 'bad', short: 'exit', marked: true, verdict: 'death' },
  hang: { tone: 'warn', short: 'hang', marked: true, verdict: 'none' },
  unresponsive: { tone: 'warn', short: 'no answer', marked: true, verdict: 'silence' },
  responsive: { tone: 'good', short: 'answers', marked: true, verdict: 'answer' },
  restart: { tone: 'good', short: 'restart', marked: true, verdict: 'restart' },
  'given-up': { tone: 'bad', short: 'gave up', marked: true, verdict: 'none' },
  stall: { tone: 'warn', short: 'stall', marked: true, verdict: 'none' },
  settings: { tone: 'warn', short: 'settings', marked: false, verdict: 'settings' },
  /** The run directory was removed, or made anew. */
  directory: { tone: 'warn', short: 'files', marked: true, verdict: 'none' },
  benchmark: { tone: 'warn', short: 'bench', marked: true, verdict: 'none' },
} as const satisfies Record<string, EventKindRow>;

export type EventKind = keyof typeof EVENT_KINDS;

export const EVENT_KIND_NAMES = Object.keys(EVENT_KINDS) as [EventKind, ...EventKind[]];

/** Whether a chart draws a marker for this kind by itself. */
export function isMarked(kind: EventKind): boolean {
  return EVENT_KINDS[kind].marked;
}
