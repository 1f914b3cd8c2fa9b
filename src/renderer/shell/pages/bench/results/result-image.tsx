import type { BenchResult } from '../../../../../shared/bench/schema';
import type { ChartImage } from '../../../../../shared/ipc-contract';
import type { ChartTheme } from '../../../charts/chart-theme';
import { rasterise } from '../../../charts/rasterise';
import type { LineLook } from '../../../charts/line-spec';
import { standalonePlot } from '../../../charts/standalone-plot';
import { composeDocument, escapeXml, layoutDocument, PLOT_TOP } from '../../../charts/svg-document';
import { BOX_ROW_PX, BoxPlot } from './box-plot';
import { environmentLine } from '../../../../../shared/bench/environment-line';
import { PercentileCurves } from './percentile-curves';
import { plotCaption, plotLabel, type ResultPlot } from './plot-caption';
import { type ResultLine, resultLines } from './result-lines';
import { rowPlotHeight } from './row-plot';
import { SizeCurves } from './size-curves';
import { sizeLines } from './size-lines';

const WIDTH = 1200;
const HEIGHT = 675;
const CAPTION_ROW_PX = 16;

export interface ResultImageRequest {
  result: BenchResult;
  plot: ResultPlot;
  title: string;
  /** `LIGHT_CHART` for a document that is to be printed. */
  theme: ChartTheme;
  png: boolean;
}

/**
 * A plot of every run that has figures as one SVG document, and as PNG when asked for. Rejects with words for a person
 * when no run has any.
 */
export async function renderResultImage({ result, plot, title, theme, png }: ResultImageRequest): Promise<ChartImage> {
  const lines = resultLines(result.runs, theme).filter(({ run }) => run.rtt_ns !== null);
  if (lines.length === 0) throw new Error('There is nothing to draw: no run of this result has figures.');
  const caption = plotCaption(
    plot,
    lines.map(({ run }) => run),
  );
  const captionPx = caption.length * CAPTION_ROW_PX;
  const parts = {
    width: WIDTH,
    height: HEIGHT,
    title,
    subtitle: environmentLine(result),
    lines: legendOf(plot, lines),
    theme,
  };
  const count = plot === 'size' ? parts.lines.length : lines.length;
  const boxesPx = rowPlotHeight(lines.length, BOX_ROW_PX);
  const layout = layoutDocument(parts, captionPx + (plot === 'box' ? boxesPx : 360));
  const plotHeight = layout.plotHeight - captionPx;
  const drawn = await standalonePlot(
    plot === 'box' ? (
      <BoxPlot width={WIDTH} height={plotHeight} lines={lines} theme={theme} highlighted={null} />
    ) : plot === 'size' ? (
      <SizeCurves
        width={WIDTH}
        height={plotHeight}
        lines={lines}
        theme={theme}
        highlighted={null}
        interactive={false}
      />
    ) : (
      <PercentileCurves
        width={WIDTH}
        height={plotHeight}
        lines={lines}
        theme={theme}
        highlighted={null}
        interactive={false}
      />
    ),
    WIDTH,
    plotHeight,
    (surface) =>
      surface.querySelector('.recharts-xAxis-tick-labels text') !== null &&
      surface.querySelectorAll('.result-row, .result-curve').length >= count,
  );
  const words = caption.map(
    (sentence, index) =>
      `<text x="24" y="${PLOT_TOP + plotHeight + 12 + index * CAPTION_ROW_PX}" font-size="11" fill="${theme.inkSoft}">${escapeXml(sentence)}</text>`,
  );
  const svg = composeDocument(parts, layout, [drawn, ...words].join('\n'));
  return { svg, png: png ? await rasterise(svg, layout.width, layout.height) : null };
}

function legendOf(plot: ResultPlot, lines: readonly ResultLine[]): LineLook[] {
  switch (plot) {
    case 'box':
      // Boxes have their names beside them.
      return [];
    case 'size':
      return sizeLines(lines);
    case 'percentile':
      return lines.map((line) => ({ ...line, label: plotLabel(line) }));
  }
}
