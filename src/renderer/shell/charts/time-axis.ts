/** What a chart of a run shows, seconds since it began. */
export interface TimeSpan {
  fromS: number;
  toS: number;
}

/** Lengths of the axis: it grows in steps, so that what is drawn moves rarely. */
const LONGEST_S = 900;
const SPANS_S = [30, 60, 120, 300, 600, LONGEST_S];
const STEPS_S = [5, 10, 20, 30, 60, 120, 180, 300];
/** Room for a label. */
const TICK_PX = 56;

/** The axis for a run up to `lastS`; once it is longer than the longest, the last part of it. */
export function timeSpan(lastS: number): TimeSpan {
  const length = SPANS_S.find((span) => span >= lastS);
  return length === undefined ? { fromS: lastS - LONGEST_S, toS: lastS } : { fromS: 0, toS: length };
}

/** Where the axis has labels: round times, as many as there is room for. */
export function timeTicks({ fromS, toS }: TimeSpan, widthPx: number): number[] {
  const most = Math.max(1, Math.floor(widthPx / TICK_PX));
  const step = STEPS_S.find((candidate) => (toS - fromS) / candidate <= most) ?? 300;
  const first = Math.ceil(fromS / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((toS - first) / step) + 1) }, (_, index) => first + index * step);
}

/** `0:05`, `12:30`. */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
