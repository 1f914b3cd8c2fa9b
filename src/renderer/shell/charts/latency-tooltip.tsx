import type { TooltipContentProps } from 'recharts';
import { microsDigits } from '../../../shared/format';
import type { Bucket } from '../series/bucket-ring';
import { useWhile, type LatencySource } from './latency-source';
import type { LineSpec } from './line-spec';
import { Swatch } from './swatch';

/** Beside the pointer, but always from the top: a tall one must not leave the window. */
export const TOOLTIP_AT = { y: 4 };
export const TOOLTIP_STYLE = { zIndex: 20, pointerEvents: 'none' } as const;
export const TOOLTIP_LINES = 16;

interface Props extends Partial<TooltipContentProps> {
  source: LatencySource;
  lines: readonly LineSpec[];
}

/** Time, and per visible channel the median (min–max) and what was lost, in µs. */
export function LatencyTooltip({ active, payload, source, lines }: Props) {
  const seconds = (payload?.[0]?.payload as { x: number } | undefined)?.x;
  return active === true && seconds !== undefined ? (
    <PointTable source={source} lines={lines} seconds={seconds} />
  ) : null;
}

function PointTable({
  source,
  lines,
  seconds,
}: {
  source: LatencySource;
  lines: readonly LineSpec[];
  seconds: number;
}) {
  const index = () => source.points.nearest(seconds);
  // Before the recording began there is nothing to tell.
  const known = useWhile(source, () => {
    const { points } = source;
    return points.count > 0 && Math.abs(points.secondsAt(index()) - seconds) * 1e9 <= points.pointNs;
  });
  if (!known) return null;
  const { points } = source;
  const at = index();
  return (
    <table className="chart-tooltip">
      <thead>
        <tr>
          <th scope="col">{(-points.secondsAt(at)).toFixed(1)} s ago</th>
          <th scope="col">median µs</th>
          <th scope="col">min – max</th>
          <th scope="col">lost</th>
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, TOOLTIP_LINES).map((line, place) => (
          <LineRow key={line.id} line={line} bucket={points.read(place, at, { ...EMPTY })} />
        ))}
      </tbody>
      {moreLines(lines)}
    </table>
  );
}

const EMPTY: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };

function LineRow({ line, bucket: { answered, lost, medianNs, minNs, maxNs } }: { line: LineSpec; bucket: Bucket }) {
  return (
    <tr>
      <th scope="row">
        <Swatch colour={line.colour} dash={line.dash} /> {line.label}
      </th>
      <td>{digits(medianNs)}</td>
      <td>{Number.isNaN(medianNs) ? '' : `${digits(minNs)} – ${digits(maxNs)}`}</td>
      <td className={lost > 0 ? 'is-bad' : ''}>{lost > 0 ? `× ${lost}` : answered === 0 ? '–' : '0'}</td>
    </tr>
  );
}

export function moreLines(lines: readonly LineSpec[]) {
  if (lines.length <= TOOLTIP_LINES) return null;
  return (
    <tfoot>
      <tr>
        <td colSpan={4}>{lines.length - TOOLTIP_LINES} more: hide or isolate lines in the legend</td>
      </tr>
    </tfoot>
  );
}

function digits(ns: number): string {
  return microsDigits(Number.isNaN(ns) ? null : ns);
}
