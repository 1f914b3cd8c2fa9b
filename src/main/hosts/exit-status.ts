import type { TerminationInfo } from '../../shared/process-state';
import { signalName, terminationReason } from '../../shared/termination';

/**
 * Reads what Chromium says of a dead process. Its exit code for a signalled process is the signal's number, and on
 * some versions 128 more; for one that exited by itself it is what the process gave. Behind the sandbox's zygote it
 * may be a whole wait status, with the exit code in its second byte.
 */
export function readExitStatus(
  reason: string,
  exitCode: number,
): Pick<TerminationInfo, 'reason' | 'exitCode' | 'signal'> {
  const read = terminationReason(reason);
  if (process.platform !== 'win32' && exitCode > 255 && (exitCode & 0x7f) === 0)
    return { reason: read, exitCode: (exitCode >> 8) & 0xff, signal: null };
  if (process.platform !== 'win32' && (read === 'crashed' || read === 'killed' || read === 'out-of-memory')) {
    const signal = signalName(exitCode > 128 ? exitCode - 128 : exitCode);
    if (signal !== null) return { reason: read, exitCode: null, signal };
  }
  return { reason: read, exitCode, signal: null };
}
