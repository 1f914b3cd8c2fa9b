/**
 * What the browser process knows about one child process. Death is data: a host never throws because its
 * process died, it moves to `exited` and says how.
 */

/** Why a process ended, as Chromium's own exit reasons name it, plus the two that only a supervisor can tell. */
export type TerminationReason =
  | 'clean-exit'
  | 'abnormal-exit'
  | 'killed'
  | 'crashed'
  | 'out-of-memory'
  | 'launch-failed'
  | 'integrity-failure';

/** How a process ended. */
export interface TerminationInfo {
  reason: TerminationReason;
  /** The exit code as the process gave it (0–255), or null when a signal ended it or none was reported. */
  exitCode: number | null;
  /** The signal's name (`SIGKILL`), or null when the process ended by itself. */
  signal: string | null;
  pid: number | null;
  /** Milliseconds from launch to death. */
  uptimeMs: number;
  /** Wall-clock time of death, milliseconds since the Unix epoch. */
  atMs: number;
  /** True when the person asked for this end through Bulkhead. */
  requested: boolean;
  /** The last lines of its standard error, oldest first, if there were any. */
  lastWords?: string[] | undefined;
}

/** The life of a supervised process. Exactly one of these holds at any time. */
export type ProcessState =
  | { kind: 'launching'; sinceMs: number }
  | { kind: 'running'; sinceMs: number }
  | { kind: 'unresponsive'; sinceMs: number }
  | { kind: 'exited'; termination: TerminationInfo }
  | { kind: 'backing-off'; termination: TerminationInfo; restartAtMs: number; crashes: number }
  | { kind: 'given-up'; termination: TerminationInfo; crashes: number };

/** True while there is a process that can be signalled. */
export function isAlive(state: ProcessState): boolean {
  switch (state.kind) {
    case 'launching':
    case 'running':
    case 'unresponsive':
      return true;
    case 'exited':
    case 'backing-off':
    case 'given-up':
      return false;
  }
}

/** An end that the person asked for, and that came as asked: no cause for alarm. A crash on demand is one all the same. */
export function isAskedFor(termination: TerminationInfo | null): boolean {
  return termination?.requested === true && (termination.reason === 'killed' || termination.reason === 'clean-exit');
}

/** One sentence for a person: `crashed (exit code 5)`, `killed by SIGKILL`. */
export function describeTermination(info: TerminationInfo): string {
  const how =
    info.signal === null ? (info.exitCode === null ? '' : ` (exit code ${info.exitCode})`) : ` by ${info.signal}`;
  switch (info.reason) {
    case 'clean-exit':
      return 'exited cleanly';
    case 'abnormal-exit':
      return `exited abnormally${how}`;
    case 'killed':
      return `killed${how}`;
    case 'crashed':
      return info.signal === null ? `crashed${how}` : `crashed (${info.signal})`;
    case 'out-of-memory':
      return `ran out of memory${how}`;
    case 'launch-failed':
      return 'did not start in time';
    case 'integrity-failure':
      return 'failed a code integrity check';
  }
}
