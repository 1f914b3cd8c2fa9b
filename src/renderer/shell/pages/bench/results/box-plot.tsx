import { useMemo } from 'react';
import { formatCount } from '../../../../../shared/format';
import type { ChartTheme } from '../../../charts/chart-theme';
import { BoxMarks } from './box-marks';
import { plotLabel } from './plot-caption';
import type { ResultLine } from './result-lines';
import { type RowAxes, RowPlot, type RowPlace } from './row-plot';
import { type BoxFigures, boxOf, latencyDomain } from './run-figures';

interface Props {
  width: number;
  height: number;
  /** In the order in which they are drawn. */
  lines: readonly ResultLine[];
  /** Those that further rounds are to come of are marked. */
  unfinished?: boolean;
  theme: ChartTheme;
  axes?: RowAxes;
  highlighted: string | null;
  /** Absent in a picture that nobody points at. */
  onHighlight?: (id: string | null) => void;
}

interface BoxRow {
  id: string;
  label: string;
  line: ResultLine;
  /** Null when it has no figures yet. */
  box: BoxFigures | null;
}

/** In the window, where more rows fit without scrolling, and in a picture. */
export const LEAST_BOX_ROW_PX = 16;
export const BOX_ROW_PX = 24;

/** A box for each run. */
export function BoxPlot({
  width,
  height,
  lines,
  unfinished = false,
  theme,
  axes = 'bottom',
  highlighted,
  onHighlight,
}: Props) {
  const rows = useMemo(
    () =>
      lines.map((line): BoxRow => ({ id: line.id, label: plotLabel(line, unfinished), line, box: boxOf(line.run) })),
    [lines, unfinished],
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
      axes={axes}
      margin={72}
      marginTitle="outliers"
      highlighted={highlighted}
      {...(onHighlight && { onHighlight })}
      drawRow={drawBox}
    />
  );
}

function drawBox({ line, box }: BoxRow, { xOf, y, rowPx, right }: RowPlace, theme: ChartTheme) {
  if (box === null) return null;
  return (
    <>
      <BoxMarks
        box={box}
        floorNs={line.run.floor_ns?.p50 ?? null}
        xOf={xOf}
        y={y}
        rowPx={rowPx}
        boxPx={Math.min(26, rowPx * 0.58)}
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
