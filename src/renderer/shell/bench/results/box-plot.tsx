import { useMemo } from 'react';
import type { TooltipContentProps } from 'recharts';
import { formatCount, microsDigits } from '../../../../shared/format';
import type { ChartTheme } from '../../charts/chart-theme';
import { BoxMarks } from './box-marks';
import { plotLabel } from './plot-caption';
import type { ResultLine } from './result-lines';
import { RowPlot, type RowPlace } from './row-plot';
import { type BoxFigures, boxOf, isCoarse, latencyDomain } from './run-figures';

interface Props {
  width: number;
  height: number;
  /** Of runs with figures, in the order in which they are drawn. */
  lines: readonly ResultLine[];
  theme: ChartTheme;
  highlighted: string | null;
  /** Absent in a picture that nobody points at. */
  onHighlight?: (id: string | null) => void;
}

interface BoxRow {
  id: string;
  label: string;
  line: ResultLine;
  box: BoxFigures;
}

export const BOX_ROW_PX = 24;

/** A box for each run. */
export function BoxPlot({ width, height, lines, theme, highlighted, onHighlight }: Props) {
  const rows = useMemo(
    () =>
      lines.flatMap((line): BoxRow[] => {
        const box = boxOf(line.run);
        return box === null ? [] : [{ id: line.id, label: plotLabel(line), line, box }];
      }),
    [lines],
  );
  const domain = useMemo(() => latencyDomain(lines.map(({ run }) => run)), [lines]);
  return (
    <RowPlot
      title="Round trips of each run: quartiles, median, percentiles"
      width={width}
      height={height}
      rows={rows}
      domain={domain}
      theme={theme}
      margin={72}
      marginTitle="outliers"
      highlighted={highlighted}
      {...(onHighlight && { onHighlight })}
      tooltip={onHighlight === undefined ? null : <BoxTooltip />}
      drawRow={drawBox}
    />
  );
}

function drawBox({ line, box }: BoxRow, { xOf, y, rowPx, right }: RowPlace, theme: ChartTheme) {
  return (
    <>
      <BoxMarks
        box={box}
        floorNs={line.run.floor_ns?.p50 ?? null}
        xOf={xOf}
        y={y}
        rowPx={rowPx}
        boxPx={Math.min(14, rowPx * 0.56)}
        colour={line.colour}
        theme={theme}
      />
      <text x={right + 62} y={y + 4} fontSize={11} textAnchor="end" fill={theme.inkSoft}>
        {outliersOf(line)}
      </text>
    </>
  );
}

function outliersOf({ run }: ResultLine): string {
  const outliers = run.detail?.outliers ?? null;
  return outliers === null ? '–' : formatCount(outliers.low + outliers.high);
}

function BoxTooltip({ active, payload }: Partial<TooltipContentProps>) {
  const row = payload?.[0]?.payload as BoxRow | undefined;
  if (active !== true || !row) return null;
  const { box, line } = row;
  const { outliers } = line.run.detail ?? {};
  const figures: Array<[name: string, ns: number | null]> = [
    ['maximum', box.max],
    ['99 %', box.high],
    ['75 %', box.q3],
    ['median', box.median],
    ['25 %', box.q1],
    ...(isCoarse(line.run) ? [] : [['1 %', box.low] as [string, number]]),
    ['minimum', box.min],
    ['floor, median', line.run.floor_ns?.p50 ?? null],
  ];
  return (
    <table className="chart-tooltip">
      <thead>
        <tr>
          <th scope="col">{line.label}</th>
          <th scope="col">µs</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(([name, ns]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{microsDigits(ns)}</td>
          </tr>
        ))}
        {outliers && (
          <tr>
            <th scope="row">outliers</th>
            <td>
              {formatCount(outliers.low)} low, {formatCount(outliers.high)} high
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
