import type { Anatomy, AnatomyStage } from '../../../../shared/measure/anatomy';
import { type StageId, STAGE_POINTS } from '../../../../shared/measure/stages';

/** One stacked bar of stages, and one pair of columns of the table beneath. */
export interface StageBar {
  id: string;
  /** Null while there is nothing to show. */
  anatomy: Anatomy | null;
}

/** Stages of any bar, numbered in the order in which a ping passes them: the same number is the same stage in every bar. */
export interface NumberedStage extends Pick<AnatomyStage, 'id' | 'from' | 'to'> {
  number: number;
}

export interface Segment extends NumberedStage {
  ns: number;
  /** Of its bar's round trip. */
  share: number;
  /** In per cent of the width that the bars have. */
  width: number;
}

export type BarScale = 'share' | 'time';

export function numberedStages(bars: readonly StageBar[]): NumberedStage[] {
  const stages = new Map<StageId, Pick<AnatomyStage, 'id' | 'from' | 'to'>>();
  for (const { anatomy } of bars)
    for (const { id, from, to } of anatomy?.stages ?? []) stages.set(id, { id, from, to });
  const at = (point: AnatomyStage['from']) => STAGE_POINTS.indexOf(point);
  return [...stages.values()]
    .toSorted((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to))
    .map((stage, i) => ({ ...stage, number: i + 1 }));
}

/** The segments of a bar: over the whole width by their shares, or on one scale of time for all bars. */
export function segmentsOf(
  { anatomy }: StageBar,
  stages: readonly NumberedStage[],
  scale: BarScale,
  longestNs: number,
): Segment[] {
  if (anatomy === null) return [];
  const wholeNs = scale === 'share' ? anatomy.rttNs : longestNs;
  return anatomy.stages.flatMap(({ id, ns, share }) => {
    const stage = stages.find((each) => each.id === id);
    return stage === undefined || !(wholeNs > 0) ? [] : [{ ...stage, ns, share, width: (ns / wholeNs) * 100 }];
  });
}

export function longestOf(bars: readonly StageBar[]): number {
  return Math.max(0, ...bars.map(({ anatomy }) => anatomy?.rttNs ?? 0));
}

/** What fits into a segment of this width, pixels: its number and share, its number, or nothing. */
export function segmentLabel({ number, share }: Segment, widthPx: number): string {
  const percent = `${Math.round(share * 100)}\u{202f}%`;
  if (widthPx >= 62) return `${number} · ${percent}`;
  return widthPx >= 16 ? String(number) : '';
}
