import { type Message, render, say } from './messages/message';
import type { TerminationReason } from './termination';

/**
 * What the browser process knows about one child process. Death is data: a host never throws because its
 * process died, it moves to `exited` and says how.
 */

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

/** How a process ended, behind its name: `crashed (exit code 5)`, `killed by SIGKILL`. */
export function howItEnded({ reason, exitCode, signal }: TerminationInfo): Message {
  return say(`termination.${reason}`, { exitCode, signal });
}

/** The same in words. */
export function describeTermination(info: TerminationInfo): string {
  return render(howItEnded(info));
}
