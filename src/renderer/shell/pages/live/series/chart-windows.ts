/** The windows a chart can show, each with the width of its time buckets: about 150 points per line in all three. */

export const CHART_WINDOW_IDS = ['30s', '2min', '10min'] as const;
export type ChartWindowId = (typeof CHART_WINDOW_IDS)[number];

/** So much time a chart shows. */
export interface ChartSpan {
  /** One of the windows up to now, or a stretch that a person has chosen. */
  id: ChartWindowId | 'stretch';
  /** Length of it and of one bucket, nanoseconds. */
  spanNs: number;
  bucketNs: number;
}

export interface ChartWindow extends ChartSpan {
  id: ChartWindowId;
  label: string;
}

export const CHART_WINDOWS: Record<ChartWindowId, ChartWindow> = {
  '30s': { id: '30s', label: '30 s', spanNs: 30e9, bucketNs: 200e6 },
  '2min': { id: '2min', label: '2 min', spanNs: 120e9, bucketNs: 800e6 },
  '10min': { id: '10min', label: '10 min', spanNs: 600e9, bucketNs: 4e9 },
};

/** From which moment a round trip is counted: when the ping was sent, or when it was meant to be sent. */
export type Timing = 'sent' | 'intended';
