import { csvFields, hasStamps, readRoundSample, roundCsvColumns, SAMPLE_COLUMNS } from '../measure/sample-columns';
import { ANATOMY_COLUMNS } from './anatomy-rows';
import { ratioOf } from './certainty';
import type { RunRecord } from './result';
import type { BenchRun } from './schema';

export function benchCsvHeader(stamps: boolean): string[] {
  const columns = roundCsvColumns(stamps).map((name) => SAMPLE_COLUMNS[name].csv);
  return ['method', 'route', 'size', 'placement', 'mode', 'round', 'sequence', ...columns];
}

const ROWS_PER_PIECE = 2000;

/**
 * One row per ping (RFC 4180), in pieces. Times are nanoseconds since the round began; an empty field means never sent,
 * or not answered. In a closed loop intended and actual send are the same.
 */
export function* benchCsv(
  records: readonly RunRecord[],
  setting: { placement: string; mode: string },
): Generator<string> {
  const stamps = records.some(({ rounds }) => rounds.some(({ samples }) => hasStamps(samples)));
  const columns = roundCsvColumns(stamps);
  yield `${benchCsvHeader(stamps).join(',')}\r\n`;
  for (const { run, rounds } of records) {
    for (const [round, { samples }] of rounds.entries()) {
      const lead = `${run.method},${run.route},${run.sizeBytes},${setting.placement},${setting.mode},${round + 1}`;
      let piece = '';
      for (let at = 0; at < samples.outcome.length; at += 1) {
        const sample = readRoundSample(samples, at);
        piece += `${lead},${at},${csvFields(columns, sample)}\r\n`;
        if ((at + 1) % ROWS_PER_PIECE === 0) {
          yield piece;
          piece = '';
        }
      }
      if (piece !== '') yield piece;
    }
  }
}

const RUN_COLUMNS: Record<string, (run: BenchRun) => string | number | null> = {
  method: ({ method }) => method,
  route: ({ route }) => route,
  size: ({ size }) => size,
  placement: ({ placement }) => placement,
  mode: ({ mode }) => mode,
  rate_per_second: ({ detail }) => detail?.rate_per_second ?? null,
  samples: ({ detail }) => detail?.samples ?? null,
  min_ns: ({ rtt_ns: rtt }) => rtt?.min ?? null,
  p50_ns: ({ rtt_ns: rtt }) => rtt?.p50 ?? null,
  p90_ns: ({ rtt_ns: rtt }) => rtt?.p90 ?? null,
  p99_ns: ({ rtt_ns: rtt }) => rtt?.p99 ?? null,
  p99_9_ns: ({ rtt_ns: rtt }) => rtt?.p99_9 ?? null,
  max_ns: ({ rtt_ns: rtt }) => rtt?.max ?? null,
  mean_ns: ({ rtt_ns: rtt }) => rtt?.mean ?? null,
  stdev_ns: ({ rtt_ns: rtt }) => rtt?.stdev ?? null,
  lower_bound_from_ns: ({ detail }) => detail?.lower_bound_from_ns ?? null,
  p50_ci95_low_ns: ({ detail }) => detail?.p50_ci95_ns?.low ?? null,
  p50_ci95_high_ns: ({ detail }) => detail?.p50_ci95_ns?.high ?? null,
  spread_p50: ({ detail }) => detail?.spread_p50 ?? null,
  per_second: (run) => run.per_second,
  lost: ({ lost }) => lost,
  skipped: ({ skipped }) => skipped,
  saturated: ({ saturated }) => String(saturated),
  floor_p50_ns: ({ floor_ns: floor }) => floor?.p50 ?? null,
  floor_p99_ns: ({ floor_ns: floor }) => floor?.p99 ?? null,
  ratio_p50: (run) => ratioOf(run)?.ratio ?? null,
  ratio_ci95_low: (run) => ratioOf(run)?.interval.low ?? null,
  ratio_ci95_high: (run) => ratioOf(run)?.interval.high ?? null,
  cpu_ns_per_round_trip: ({ detail }) => detail?.cpu_ns_per_round_trip ?? null,
  switches_per_round_trip: ({ detail }) => detail?.switches_per_round_trip ?? null,
  floor_cpu_ns_per_round_trip: ({ detail }) => detail?.floor_cpu_ns_per_round_trip ?? null,
  floor_switches_per_round_trip: ({ detail }) => detail?.floor_switches_per_round_trip ?? null,
  unavailable: (run) => run.unavailable,
  notes: ({ detail }) => detail?.notes.join(' ') ?? null,
  ...ANATOMY_COLUMNS,
};

/** One row per run (RFC 4180), from the result alone: what a saved one still has when its samples are gone. */
export function runsCsv(runs: readonly BenchRun[]): string {
  const columns = Object.values(RUN_COLUMNS);
  const rows = runs.map((run) => columns.map((of) => field(of(run))).join(','));
  return [Object.keys(RUN_COLUMNS).join(','), ...rows, ''].join('\r\n');
}

function field(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
