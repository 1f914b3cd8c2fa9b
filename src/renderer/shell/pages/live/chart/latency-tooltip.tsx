import type { TooltipContentProps } from 'recharts';
import { formatTimes, microsDigits } from '../../../../../shared/format';
import type { LabEvent } from '../../../../../shared/events';
import { render } from '../../../../../shared/messages/message';
import type { Bucket } from '../series/bucket-ring';
import type { ChartSpan } from '../series/chart-windows';
import { markedEvents } from './chart-model';
import type { FloorLine } from './floor-layout';
import { useWhile, type LatencySource } from './latency-source';
import { timeDigits } from './time-axis';
import type { LineSpec } from '../../../charts/line-spec';
import { TooltipFrame } from '../../../charts/tooltip-frame';
import { Swatch } from '../../../charts/swatch';

interface Props extends Partial<TooltipContentProps> {
  source: LatencySource;
  lines: readonly LineSpec[];
  floors: readonly FloorLine[];
  events: readonly LabEvent[];
  window: ChartSpan;
  absolute: boolean;
}

/** Time, and per visible channel the median (min–max), how many times the kernel's floor at that time it is, and what was lost; and what happened then. */
export function LatencyTooltip({ active, payload, ...shown }: Props) {
  const seconds = (payload?.[0]?.payload as { x: number } | undefined)?.x;
  return active === true && seconds !== undefined ? <PointTable {...shown} seconds={seconds} /> : null;
}

interface TableProps extends Omit<Props, 'active' | 'payload'> {
  seconds: number;
}

function PointTable({ source, lines, floors, events, window, absolute, seconds }: TableProps) {
  const index = () => source.points.nearest(seconds);
  // Before the recording began there is nothing to tell.
  const known = useWhile(source, () => {
    const { points } = source;
    return points.count > 0 && Math.abs(points.secondsAt(index()) - seconds) * 1e9 <= points.pointNs;
  });
  if (!known) return null;
  const { points } = source;
  const at = index();
  const near = markedEvents(events, points.nowNs, window).filter(
    ({ x }) => Math.abs(x - points.secondsAt(at)) * 1e9 <= points.pointNs,
  );
  return (
    <TooltipFrame
      head={
        <tr>
          <th scope="col">
            {absolute
              ? `at ${timeDigits(points.nowNs / 1e9 + points.secondsAt(at), window.spanNs)} s`
              : `${(-points.secondsAt(at)).toFixed(1)} s ago`}
          </th>
          <th scope="col">median µs</th>
          <th scope="col">min – max</th>
          {floors.length > 0 && <th scope="col">× floor</th>}
          <th scope="col">lost</th>
        </tr>
      }
      rows={lines.map((line, place) => ({ line, bucket: points.read(place, at, { ...EMPTY }) }))}
      valueOf={({ bucket }) => heightOf(bucket)}
      render={({ line, bucket }) => (
        <LineRow
          key={line.id}
          line={line}
          floorNs={floors.length === 0 ? null : floorNs(source, floors, line, points.secondsAt(at))}
          bucket={bucket}
        />
      )}
    >
      {near.map(({ event }) => (
        <tr key={event.id} className="chart-tooltip-event">
          <td colSpan={5}>
            {render(event.label)}. {render(event.detail)}
          </td>
        </tr>
      ))}
    </TooltipFrame>
  );
}

/** One that answered nothing is above all: its pings are lost. */
function heightOf({ lost, medianNs }: Bucket): number | null {
  if (!Number.isNaN(medianNs)) return medianNs;
  return lost > 0 ? Infinity : null;
}

const EMPTY: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };

interface RowProps {
  line: LineSpec;
  /** At the same time; NaN when there is none, null when none is shown of any line. */
  floorNs: number | null;
  bucket: Bucket;
}

/** What the line's mechanism took without us at that time, NaN where it wasn't measured. */
function floorNs(source: LatencySource, floors: readonly FloorLine[], line: LineSpec, seconds: number): number {
  const floor = floors.findIndex(({ transports }) => transports.includes(line.transport));
  const { floorPoints } = source;
  return floor < 0 ? NaN : floorPoints.read(floor, floorPoints.nearest(seconds), { ...EMPTY }).medianNs;
}

function LineRow({ line, floorNs: floor, bucket: { answered, lost, medianNs, minNs, maxNs } }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <Swatch colour={line.colour} dash={line.dash} /> {line.label}
      </th>
      <td>{digits(medianNs)}</td>
      <td>{Number.isNaN(medianNs) ? '' : `${digits(minNs)} – ${digits(maxNs)}`}</td>
      {floor !== null && <td>{Number.isNaN(medianNs / floor) ? '' : formatTimes(medianNs / floor)}</td>}
      <td className={lost > 0 ? 'is-bad' : ''}>{lost > 0 ? `× ${lost}` : answered === 0 ? '–' : '0'}</td>
    </tr>
  );
}

function digits(ns: number): string {
  return microsDigits(Number.isNaN(ns) ? null : ns);
}
