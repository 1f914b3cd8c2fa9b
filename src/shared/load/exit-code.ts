import { EXIT } from '../bench/exit-code';
import type { LoadResult } from './result';
import type { LoadThresholdVerdict } from './thresholds';
import { brokeItsWord } from './verdict';

/**
 * 0; 1 when a threshold failed or could not be checked, or a route broke what it promises; 3 when a route that was named could not be had; 130
 * when it was interrupted, and nothing worse. 1 is told first: it is about something measured.
 */
export function loadExitCode(
  { environment, routes }: LoadResult,
  verdicts: readonly LoadThresholdVerdict[],
  named: boolean,
): number {
  if (routes.some(brokeItsWord) || verdicts.some(({ result }) => result === 'failed')) return EXIT.failed;
  if (environment.interrupted) return EXIT.interrupted;
  if (verdicts.some(({ result }) => result === 'unchecked')) return EXIT.failed;
  return named && routes.some(({ unavailable }) => unavailable !== null) ? EXIT.unavailable : EXIT.good;
}
