import { useMemo } from 'react';
import type { ComparedRuns } from '../../../../../shared/bench/compare';
import { microsDigits } from '../../../../../shared/format';
import type { ChartTheme } from '../../../charts/chart-theme';
import { FigureTable } from '../../../charts/tooltip-frame';
import { BoxMarks } from './box-marks';
import { comparisonRows, signedPercent, type ComparisonRow } from './comparison-rows';
import { PlotFrame } from './plot-frame';
import { RowPlot, rowPlotLayout, type RowPlace } from './row-plot';
import { boxOf, latencyDomain } from './run-figures';

interface Props {
  before: string;
  after: string;
  pairs: readonly ComparedRuns[];
  theme: ChartTheme;
  highlighted: string | null;
  onHighlight(id: string | null): void;
}

const PAIR_ROW_PX = 26;

/** Two boxes for each pair that has figures: before hollow above, after filled below. */
export function ComparisonPlotPane({ before, after, pairs, theme, highlighted, onHighlight }: Props) {
  const rows = useMemo(
    () => comparisonRows(pairs, theme).filter(({ pair }) => pair.before.rtt_ns !== null || pair.after.rtt_ns !== null),
    [pairs, theme],
  );
  const domain = useMemo(() => latencyDomain(rows.flatMap(({ pair }) => [pair.before, pair.after])), [rows]);
  const pointed = rows.find(({ id }) => id === highlighted);
  return (
    <PlotFrame
      caption={`Above, hollow: ${before}. Below, filled: ${after}. Box: quartiles and median. Whiskers: 1st and 99th percentile. Points: minimum and maximum. Dashed: the kernel floor's median.`}
      empty="There is no pair of runs to draw."
      scrolls
      testId="comparison-plot"
      readout={pointed ? <PairReadout row={pointed} /> : null}
    >
      {rows.length === 0
        ? null
        : ({ width, height }) => (
            <RowPlot
              title="Round trips of each pair of runs, before and after"
              width={width}
              {...rowPlotLayout(rows.length, PAIR_ROW_PX, height)}
              rows={rows}
              domain={domain}
              theme={theme}
              margin={84}
              marginTitle="difference"
              highlighted={highlighted}
              onHighlight={onHighlight}
              drawRow={drawPair}
            />
          )}
    </PlotFrame>
  );
}

function drawPair({ pair }: ComparisonRow, { xOf, y, rowPx, right }: RowPlace, theme: ChartTheme) {
  const half = rowPx / 2;
  const sides = [
    { run: pair.before, colour: theme.inkSoft, hollow: true, y: y - half * 0.42 },
    { run: pair.after, colour: theme.hues[0] ?? theme.ink, hollow: false, y: y + half * 0.42 },
  ];
  const colour = {
    slower: theme.bad,
    faster: theme.good,
    'within the spread': theme.inkSoft,
    'not comparable': theme.inkSoft,
  };
  return (
    <>
      {sides.map(({ run, ...look }) => {
        const box = boxOf(run);
        return box === null ? null : (
          <BoxMarks
            key={look.colour}
            box={box}
            floorNs={run.floor_ns?.p50 ?? null}
            xOf={xOf}
            rowPx={half * 0.9}
            boxPx={Math.min(20, half * 0.55)}
            theme={theme}
            {...look}
          />
        );
      })}
      <text x={right + 74} y={y + 4} fontSize={11} textAnchor="end" fill={colour[pair.verdict]}>
        {signedPercent(pair.p50?.share ?? null)}
      </text>
    </>
  );
}

function PairReadout({ row }: { row: ComparisonRow }) {
  const boxes = [boxOf(row.pair.before), boxOf(row.pair.after)];
  const figures = [
    ['maximum', 'max'],
    ['99 %', 'high'],
    ['75 %', 'q3'],
    ['median', 'median'],
    ['25 %', 'q1'],
    ['minimum', 'min'],
  ] as const;
  return (
    <FigureTable
      head={
        <tr>
          <th scope="col">{row.label}</th>
          <th scope="col">before µs</th>
          <th scope="col">after µs</th>
        </tr>
      }
    >
      {figures.map(([name, key]) => (
        <tr key={key}>
          <th scope="row">{name}</th>
          {boxes.map((box, index) => (
            <td key={index}>{microsDigits(box?.[key] ?? null)}</td>
          ))}
        </tr>
      ))}
    </FigureTable>
  );
}
