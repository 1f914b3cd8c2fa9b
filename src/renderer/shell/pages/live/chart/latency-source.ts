import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { ChartSpan, Timing } from '../series/chart-windows';
import { liveSeries } from '../series/live-series';
import type { SeriesView } from '../series/series-store';
import { medianOf } from '../series/median';
import type { ScaleKind } from '../../../charts/y-domain';
import type { FloorLine } from './floor-layout';
import { LatencyPoints } from './latency-points';
import type { LineSpec } from '../../../charts/line-spec';
import { type Domain, snapDomain, SteadyDomain } from '../../../charts/y-domain';

let firstMarked = false;
let tellFirst = () => {};
/** Resolves when the first round trip of all is drawn. */
export const firstPointDrawn = new Promise<void>((done) => (tellFirst = done));

/** What the person has set up. */
export interface LatencyInputs {
  /** A view that stays as it is, or null to follow the feed. */
  frozen: SeriesView | null;
  lines: readonly LineSpec[];
  window: ChartSpan;
  timing: Timing;
  ratePerSecond: number;
  scale: ScaleKind;
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
  /** Lines beside the channels' that the axis has to show as well. */
  floors: readonly FloorLine[];
}

/**
 * The points that the latency chart draws now, for the layers in it, which redraw themselves ten times a second. React
 * and recharts render only when something else changes, such as the axis: rendering all of it for every batch was two
 * thirds of what the shell spent on scripts with 32 channels.
 */
export class LatencySource {
  readonly #points = new LatencyPoints();
  readonly #floorPoints = new LatencyPoints();
  readonly #steady = new SteadyDomain();
  readonly #listeners = new Set<() => void>();
  #inputs: LatencyInputs;
  #filled: { inputs: LatencyInputs; view: SeriesView } | null = null;
  #domain: Domain = [0, 0];
  #version = 0;

  constructor(inputs: LatencyInputs) {
    this.#inputs = inputs;
  }

  /** Taken up when something is read next: meant to be called while rendering. */
  configure(inputs: LatencyInputs): void {
    const changed = (Object.keys(inputs) as (keyof LatencyInputs)[]).some((key) => inputs[key] !== this.#inputs[key]);
    if (changed) this.#inputs = inputs;
  }

  get spanNs(): number {
    return this.#inputs.window.spanNs;
  }

  get points(): LatencyPoints {
    this.#refresh();
    return this.#points;
  }

  /** Those of the floors: wider, where a floor is measured in bursts. */
  get floorPoints(): LatencyPoints {
    this.#refresh();
    return this.#floorPoints;
  }

  /** The middle of a floor's points in the last third of the view, µs; null where it has none. */
  floorMicros(floor: number): number | null {
    const { count, medians } = this.floorPoints;
    const recent = medians[floor]?.subarray(Math.floor((count * 2) / 3), count) ?? [];
    const known = Array.from(recent).filter((median) => !Number.isNaN(median));
    return known.length === 0 ? null : medianOf(known);
  }

  /** New whenever the points are. */
  get version(): number {
    this.#refresh();
    return this.#version;
  }

  /** Bound, because React calls it bare. */
  readonly domain = (): Domain => {
    this.#refresh();
    return this.#domain;
  };

  /** Calls `listener` whenever there are new points by themselves. Returns the unsubscribe. Bound as well. */
  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#follow();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#unfollow();
    };
  };

  /** Calls `listener` twice a second instead: for what can be read. */
  readonly onBeat = (listener: () => void): (() => void) =>
    liveSeries.onBeat(() => {
      if (this.#inputs.frozen === null) listener();
    });

  #unfollow = (): void => undefined;

  #follow(): void {
    this.#unfollow = liveSeries.subscribe(() => {
      if (this.#inputs.frozen !== null) return;
      for (const listener of this.#listeners) listener();
      this.#markFirst();
    });
  }

  #markFirst(): void {
    if (firstMarked || !Number.isFinite(this.#points.highMedian)) return;
    firstMarked = true;
    requestAnimationFrame(() => {
      // For `tests/bench/start.mjs`.
      performance.mark('first-round-trip-drawn');
      tellFirst();
    });
  }

  #refresh(): void {
    const inputs = this.#inputs;
    const view = inputs.frozen ?? liveSeries.view;
    if (this.#filled?.inputs === inputs && this.#filled.view === view) return;
    this.#filled = { inputs, view };
    this.#version += 1;
    this.#points.readFrom({ ...inputs, view, channelIds: inputs.lines.map((line) => line.id) });
    const extent = this.#extent();
    const floors = this.#floorPoints;
    floors.readFrom({
      ...inputs,
      view,
      channelIds: inputs.floors.map(({ seriesId }) => seriesId),
      ratePerSecond: Math.min(...inputs.floors.map(({ pointsPerSecond }) => pointsPerSecond), inputs.ratePerSecond),
    });
    const [low, high] = [Math.min(extent[0], floors.lowMedian), Math.max(extent[1], floors.highMedian)];
    this.#domain = this.#steady.update(inputs.scale, snapDomain(inputs.scale, low, high), view.nowNs / 1e6);
  }

  /** A line shown alone makes room for its band; one that is only pointed at must not move the axis. */
  #extent(): [low: number, high: number] {
    const points = this.#points;
    let [low, high] = [points.lowMedian, points.highMedian];
    const { band, lines } = this.#inputs;
    if (band === null || lines.length > 1) return [low, high];
    const { lows, highs } = bandOf(points, band);
    for (let index = 0; index < points.count; index += 1) {
      if ((lows[index] as number) < low) low = lows[index] as number;
      if ((highs[index] as number) > high) high = highs[index] as number;
    }
    return [low, high];
  }
}

/** Smallest and largest round trip at each point of one line, µs. */
export function bandOf(points: LatencyPoints, line: number): { lows: number[]; highs: number[] } {
  const bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  const [lows, highs]: [number[], number[]] = [[], []];
  for (let index = 0; index < points.count; index += 1) {
    points.read(line, index, bucket);
    lows.push(bucket.minNs / 1000);
    highs.push(bucket.maxNs / 1000);
  }
  return { lows, highs };
}

/** Calls `draw` after every render, and whenever there are new points. */
export function useDrawing(source: LatencySource, draw: () => void): void {
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw();
  });
  useEffect(() => source.subscribe(() => latest.current()), [source]);
}

/** Renders the component anew with the points, but only while there is something that it shows. */
export function useWhile(source: LatencySource, shows: () => boolean): boolean {
  return useSyncExternalStore(source.subscribe, () => (shows() ? source.version : 0)) > 0;
}

/** Renders the component anew twice a second. */
export function useBeat(source: LatencySource): void {
  useSyncExternalStore(source.onBeat, () => source.version);
}
