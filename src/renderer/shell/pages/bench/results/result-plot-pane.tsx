import type { ChartTheme } from '../../../charts/chart-theme';
import { BoxPlot, LEAST_BOX_ROW_PX } from './box-plot';
import { BoxReadout } from './box-readout';
import { PercentileCurves } from './percentile-curves';
import { plotCaption, type ResultPlot } from './plot-caption';
import { PlotFrame } from './plot-frame';
import type { ResultLine } from './result-lines';
import { rowPlotLayout } from './row-plot';
import { RunMultiples } from './run-multiples';
import type { PanelFacet } from './run-panels';
import { SizeCurves } from './size-curves';

interface Props {
  plot: ResultPlot;
  panels: PanelFacet;
  /** With a place for each, also for those that have no figures yet. */
  lines: readonly ResultLine[];
  unfinished: boolean;
  /** What to say when there is no line. */
  empty: string;
  theme: ChartTheme;
  highlighted: string | null;
  onHighlight(id: string | null): void;
}

export function ResultPlotPane({ plot, panels, lines, unfinished, empty, theme, highlighted, onHighlight }: Props) {
  const caption = plotCaption(
    plot,
    lines.map(({ run }) => run),
    panels !== null,
  );
  if (unfinished && plot === 'box') caption.push('… Further rounds of it are to come.');
  const pointed = lines.find(({ id }) => id === highlighted);
  return (
    <PlotFrame
      caption={lines.length === 0 ? '' : caption.join(' ')}
      empty={empty}
      scrolls={plot === 'box' || panels !== null}
      testId={`result-plot-${plot}`}
      readout={(plot === 'box' || panels !== null) && pointed ? <BoxReadout line={pointed} /> : null}
    >
      {lines.length === 0
        ? null
        : ({ width, height }) =>
            plot === 'box' ? (
              <BoxPlot
                width={width}
                {...rowPlotLayout(lines.length, LEAST_BOX_ROW_PX, height)}
                lines={lines}
                unfinished={unfinished}
                theme={theme}
                highlighted={highlighted}
                onHighlight={onHighlight}
              />
            ) : panels !== null ? (
              <RunMultiples
                width={width}
                plot={plot}
                facet={panels}
                lines={lines}
                theme={theme}
                highlighted={highlighted}
                onHighlight={onHighlight}
              />
            ) : plot === 'size' ? (
              <SizeCurves
                width={width}
                height={height}
                lines={lines}
                theme={theme}
                highlighted={highlighted}
                interactive
              />
            ) : (
              <PercentileCurves
                width={width}
                height={height}
                lines={lines}
                theme={theme}
                highlighted={highlighted}
                interactive
              />
            )}
    </PlotFrame>
  );
}
