import { useEffect, useRef } from 'react';
import type { Bucket } from '../series/bucket-ring';
import { liveSeries } from '../series/live-series';
import { useShell } from '../../../store/shell-store';

const POINTS = 60;
const WIDTH = 80;
const HEIGHT = 26;
/** The line's highest and lowest value are at least this factor apart, so that a calm line looks calm. */
const LEAST_RATIO = 2.5;

interface Props {
  channelId: string;
  colour: string;
}

/** The channel's last 12 s, one point per 200 ms of answered pings. Drawn outside React, with the figures beside it. */
export function Sparkline({ channelId, colour }: Props) {
  const line = useRef<SVGPathElement>(null);
  const head = useRef<SVGCircleElement>(null);
  useEffect(() => {
    const draw = (): void => {
      const { d, last } = trace(channelId);
      line.current?.setAttribute('d', d);
      head.current?.setAttribute('cy', String(last ?? -99));
    };
    draw();
    return liveSeries.onBeat(draw);
  }, [channelId]);
  return (
    <svg
      className="sparkline"
      width={WIDTH + 6}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH + 6} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path ref={line} fill="none" stroke={colour} strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
      <circle ref={head} cx={WIDTH} cy="-99" r="2.6" fill={colour} />
    </svg>
  );
}

const bucket: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };

function trace(channelId: string): { d: string; last: number | null } {
  const ring = liveSeries.ring(channelId, '30s');
  if (!ring) return { d: '', last: null };
  const timing = useShell.getState().timing;
  const newest = Math.floor(liveSeries.nowNs / ring.bucketNs - 0.5);
  const values: number[] = [];
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < POINTS; i += 1) {
    const known = ring.read(newest - POINTS + 1 + i, timing, bucket) && bucket.answered > 0;
    const value = known ? Math.log(bucket.medianNs) : NaN;
    values.push(value);
    if (known) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  const spare = Math.max(0, Math.log(LEAST_RATIO) - (high - low)) / 2;
  const [bottom, top] = [low - spare, high + spare];
  const phase = liveSeries.nowNs / ring.bucketNs - 0.5 - newest;
  let [d, down] = ['', false];
  values.forEach((value, i) => {
    if (Number.isNaN(value)) {
      down = false;
      return;
    }
    d += `${down ? 'L' : 'M'}${x(i, phase)} ${y(value, bottom, top)}`;
    if (!down && Number.isNaN(values[i + 1] ?? NaN)) d += 'h0.01';
    down = true;
  });
  const last = values.findLast((value, i) => i >= POINTS - 3 && !Number.isNaN(value));
  return { d, last: last === undefined ? null : Number(y(last, bottom, top)) };
}

function x(index: number, phase: number): string {
  return (((index + 1 - phase) / POINTS) * WIDTH).toFixed(1);
}

function y(value: number, bottom: number, top: number): string {
  return (3 + (1 - (value - bottom) / (top - bottom)) * (HEIGHT - 6)).toFixed(1);
}
