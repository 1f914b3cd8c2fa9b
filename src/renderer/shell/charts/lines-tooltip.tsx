import { microsDigits } from '../../../shared/format';
import type { LineLook } from './line-spec';
import { Swatch } from './swatch';
import { MoreLines, TOOLTIP_LINES } from './tooltip-frame';

interface Props {
  /** What the lines were read at: a percentile. */
  heading: string;
  lines: readonly LineLook[];
  /** What a line shows there, nanoseconds, by its index; null when it shows nothing. */
  nsOf: (index: number) => number | null;
}

/** One value of each line. */
export function LinesTooltip({ heading, lines, nsOf }: Props) {
  return (
    <table className="chart-tooltip">
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">µs</th>
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, TOOLTIP_LINES).map((line, index) => (
          <tr key={line.id}>
            <th scope="row">
              <Swatch colour={line.colour} dash={line.dash} /> {line.label}
            </th>
            <td>{microsDigits(nsOf(index))}</td>
          </tr>
        ))}
      </tbody>
      <MoreLines lines={lines} />
    </table>
  );
}
