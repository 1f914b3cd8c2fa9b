import { app } from 'electron';

/**
 * Signals a child process, if `pid` still names one of this application's: pids are reused, and a signal must never
 * reach an unrelated process. False when it doesn't.
 */
export function signalOwnChild(pid: number | null, signal: NodeJS.Signals): boolean {
  if (pid === null || !app.getAppMetrics().some((metric) => metric.pid === pid && metric.type !== 'Browser'))
    return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
