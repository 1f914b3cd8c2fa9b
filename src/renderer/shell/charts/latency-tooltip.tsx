import type { TooltipContentProps } from 'recharts';
import { microsDigits } from '../../../shared/format';
import type { LatencyRow } from './latency-rows';
import type { LineSpec } from './line-spec';
import { Swatch } from './swatch';

/** Beside the pointer, but always from the top: a tall one must not leave the window. */
export const TOOLTIP_AT = { y: 4 };
export const TOOLTIP_STYLE = { zIndex: 20, pointerEvents: 'none' } as const;
export const TOOLTIP_LINES = 16;

interface Props extends Partial<TooltipContentProps> {
  lines: readonly LineSpec[];
}

/** Time, and per visible channel the median (min–max) and what was lost, in µs. */
export function LatencyTooltip({ active, payload, lines }: Props) {
  const row = payload?.[0]?.payload as LatencyRow | undefined;
  if (active !== true || !row) return null;
  return (
    <table className="chart-tooltip">
      <thead>
        <tr>
          <th scope="col">{(-row.x).toFixed(1)} s ago</th>
          <th scope="col">median µs</th>
          <th scope="col">min – max</th>
          <th scope="col">lost</th>
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, TOOLTIP_LINES).map((line, index) => {
          const lost = row.lost[index] ?? 0;
          return (
            <tr key={line.id}>
              <th scope="row">
                <Swatch colour={line.colour} dash={line.dash} /> {line.label}
              </th>
              <td>{digits(row.median[index])}</td>
              <td>{row.median[index] === null ? '' : `${digits(row.low[index])} – ${digits(row.high[index])}`}</td>
              <td className={lost > 0 ? 'is-bad' : ''}>
                {lost > 0 ? `× ${lost}` : row.answered[index] === 0 ? '–' : '0'}
              </td>
            </tr>
          );
        })}
      </tbody>
      {moreLines(lines)}
    </table>
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

function digits(micros: number | null | undefined): string {
  return microsDigits(micros === null || micros === undefined ? null : micros * 1000);
}
