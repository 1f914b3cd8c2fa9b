import type { TerminationReason } from '../../termination';

interface Facts {
  exitCode: number | null;
  signal: string | null;
}

/** How a process ended: `crashed (exit code 5)`, `killed by SIGKILL`. The name stands before it. */
export const TERMINATIONS: Record<`termination.${TerminationReason}`, (facts: Facts) => string> = {
  'termination.clean-exit': () => 'exited cleanly',
  'termination.abnormal-exit': (facts) => `exited abnormally${by(facts)}`,
  'termination.killed': (facts) => `killed${by(facts)}`,
  'termination.crashed': (facts) => (facts.signal === null ? `crashed${by(facts)}` : `crashed (${facts.signal})`),
  'termination.out-of-memory': (facts) => `ran out of memory${by(facts)}`,
  'termination.launch-failed': () => 'did not start in time',
  'termination.integrity-failure': () => 'failed a code integrity check',
};

function by({ exitCode, signal }: Facts): string {
  if (signal !== null) return ` by ${signal}`;
  return exitCode === null ? '' : ` (exit code ${exitCode})`;
}
