import type { TerminationReason } from './process-state';

/** POSIX signals by number, as Linux numbers them on x86 and ARM. */
const SIGNALS = new Map<number, string>([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [5, 'SIGTRAP'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [10, 'SIGUSR1'],
  [11, 'SIGSEGV'],
  [12, 'SIGUSR2'],
  [13, 'SIGPIPE'],
  [14, 'SIGALRM'],
  [15, 'SIGTERM'],
  [24, 'SIGXCPU'],
  [31, 'SIGSYS'],
]);

export function signalName(number: number): string | null {
  return SIGNALS.get(number) ?? null;
}

const REASONS: ReadonlySet<string> = new Set<TerminationReason>([
  'clean-exit',
  'abnormal-exit',
  'killed',
  'crashed',
  'launch-failed',
  'integrity-failure',
]);

/** Chromium's name for why a process ended (`oom`, `crashed`, …) as Bulkhead's. */
export function terminationReason(chromium: string): TerminationReason {
  if (chromium === 'oom' || chromium === 'memory-eviction') return 'out-of-memory';
  return REASONS.has(chromium) ? (chromium as TerminationReason) : 'crashed';
}
