import { ANATOMY_PERCENTILES } from '../measure/anatomy';
import { STAGES, type StageId, STAGE_POINTS, type StagePoint } from '../measure/stages';
import type { BenchAnatomy } from './anatomy';
import type { BenchRun } from './schema';

/** A stage of a run, with its time and share at each percentile; null where that one has another cut. */
export interface AnatomyRow {
  id: string;
  from: StagePoint;
  title: string;
  parts: Array<{ ns: number; share: number } | null>;
}

/** In the order in which a ping passes them; none where stages were not asked for. */
export function anatomyRows({ detail }: Pick<BenchRun, 'detail'>): AnatomyRow[] {
  const anatomy: BenchAnatomy | null = detail?.anatomy ?? null;
  if (anatomy === null) return [];
  const stages = new Map(
    ANATOMY_PERCENTILES.flatMap((percentile) => anatomy[percentile].stages).map((stage) => [stage.id, stage]),
  );
  const at = (point: StagePoint) => STAGE_POINTS.indexOf(point);
  return [...stages.values()]
    .toSorted((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to))
    .map(({ id, from, title }) => ({
      ...{ id, from, title },
      parts: ANATOMY_PERCENTILES.map((percentile) => anatomy[percentile].stages.find((each) => each.id === id) ?? null),
    }));
}

/** Stages with every point seen, and those that are one where fewer are. */
const CSV_STAGES: readonly StageId[] = [
  ...STAGES.map(({ id }) => id),
  'wrote-peerTook',
  'peerWrote-done',
  'wrote-done',
];

/** Columns for a spreadsheet: `p50_wrote_to_peer_took_ns`. */
export const ANATOMY_COLUMNS: Readonly<Record<string, (run: BenchRun) => number | null>> = Object.fromEntries(
  (['p50', 'p99'] as const).flatMap((percentile) =>
    CSV_STAGES.map((id) => [
      `${percentile}_${id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace('-', '_to_')}_ns`,
      ({ detail }: BenchRun) => detail?.anatomy?.[percentile].stages.find((stage) => stage.id === id)?.ns ?? null,
    ]),
  ),
);
