import { microsDigits } from '../../../shared/format';
import type { LineLook } from './line-spec';
import { Swatch } from './swatch';
import { TooltipFrame } from './tooltip-frame';

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
    <TooltipFrame
      head={
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">µs</th>
        </tr>
      }
      rows={lines.map((line, index) => ({ line, ns: nsOf(index) }))}
      valueOf={({ ns }) => ns}
      render={({ line, ns }) => (
        <tr key={line.id}>
          <th scope="row">
            <Swatch colour={line.colour} dash={line.dash} /> {line.label}
          </th>
          <td>{microsDigits(ns)}</td>
        </tr>
      )}
    />
  );
}
