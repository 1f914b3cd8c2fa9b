import type { RunRecord } from './result';
import { outcomeAt } from './round-samples';

export const BENCH_CSV_HEADER = [
  'method',
  'route',
  'size',
  'placement',
  'mode',
  'round',
  'sequence',
  'intended_ns',
  'sent_ns',
  'rtt_ns',
  'rtt_from_intended_ns',
  'outcome',
] as const;

const ROWS_PER_PIECE = 2000;

/**
 * One row per ping (RFC 4180), in pieces. Times are nanoseconds since the round began; an empty field means never sent,
 * or not answered. In a closed loop intended and actual send are the same.
 */
export function* benchCsv(
  records: readonly RunRecord[],
  setting: { placement: string; mode: string },
): Generator<string> {
  yield `${BENCH_CSV_HEADER.join(',')}\r\n`;
  for (const { run, rounds } of records) {
    for (const [round, { samples }] of rounds.entries()) {
      const lead = `${run.method},${run.route},${run.sizeBytes},${setting.placement},${setting.mode},${round + 1}`;
      let piece = '';
      for (let at = 0; at < samples.outcome.length; at += 1) {
        const intended = samples.intendedNs[at] as number;
        const sent = samples.sentNs[at] as number;
        const rtt = samples.rttNs[at] as number;
        const numbers = [intended, sent, rtt, rtt + sent - intended].map((n) =>
          Number.isNaN(n) ? '' : String(Math.round(n)),
        );
        piece += `${lead},${at},${numbers.join(',')},${outcomeAt(samples, at)}\r\n`;
        if ((at + 1) % ROWS_PER_PIECE === 0) {
          yield piece;
          piece = '';
        }
      }
      if (piece !== '') yield piece;
    }
  }
}
