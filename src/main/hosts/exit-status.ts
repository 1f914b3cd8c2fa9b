import { constants } from 'node:os';
import { terminationReason } from '../../shared/termination';
import type { ProcessEnd } from './supervised-process';

/** This platform's signals by number. Of two names for one number the first is the usual one. */
const SIGNALS = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);
/** A sandboxed renderer that was signalled exits by itself, with −n as its exit code, cut to a byte. */
const HIGHEST_SIGNAL = 31;

/**
 * Reads what Chromium says of a dead process. Its exit code for a signalled process is the signal's number, and on
 * some versions 128 more; for one that exited by itself it is what the process gave. Behind the sandbox's zygote it
 * may be a whole wait status, with the exit code in its second byte. A sandboxed renderer has handlers for the signals
 * that it may get, which end it with an exit code of 256 − n: 241 for SIGTERM.
 */
export function readExitStatus(reason: string, exitCode: number, of: 'renderer' | 'plugin'): ProcessEnd {
  const read = terminationReason(reason);
  if (process.platform === 'win32') return { reason: read, exitCode, signal: null };
  if (exitCode > 255 && (exitCode & 0x7f) === 0) return exited(read, (exitCode >> 8) & 0xff, of);
  if (read === 'crashed' || read === 'killed' || read === 'out-of-memory') {
    const signal = signalName(exitCode > 128 ? exitCode - 128 : exitCode);
    if (signal !== null) return { reason: read, exitCode: null, signal };
  }
  return exited(read, exitCode, of);
}

function exited(reason: ProcessEnd['reason'], exitCode: number, of: 'renderer' | 'plugin'): ProcessEnd {
  const signal = of === 'renderer' && exitCode >= 256 - HIGHEST_SIGNAL ? signalName(256 - exitCode) : null;
  if (signal !== null && reason === 'abnormal-exit') return { reason: 'killed', exitCode: null, signal };
  return { reason, exitCode, signal: null };
}

function signalName(number: number): string | null {
  return SIGNALS.get(number) ?? null;
}
