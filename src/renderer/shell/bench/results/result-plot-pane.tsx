import type { ChartTheme } from '../../charts/chart-theme';
import { useElementSize } from '../../hooks/use-element-size';
import { BOX_ROW_PX, BoxPlot } from './box-plot';
import { PercentileCurves } from './percentile-curves';
import { plotCaption, type ResultPlot } from './plot-caption';
import type { ResultLine } from './result-lines';
import { rowPlotHeight } from './row-plot';

interface Props {
  plot: ResultPlot;
  lines: readonly ResultLine[];
  /** What to say when there is no line. */
  empty: string;
  theme: ChartTheme;
  highlighted: string | null;
  onHighlight(id: string | null): void;
}

/** The plot at the size that the layout gives it; boxes that need more height scroll. How to read it stands below. */
export function ResultPlotPane({ plot, lines, empty, theme, highlighted, onHighlight }: Props) {
  const [ref, size] = useElementSize<HTMLDivElement>();
  const height = size === null ? 0 : size.height;
  return (
    <figure className="bench-plot">
      <div className="chart bench-plot-area" ref={ref} data-testid="result-plot" data-plot={plot}>
        {lines.length === 0 && <p className="bench-plot-empty">{empty}</p>}
        {lines.length > 0 &&
          size !== null &&
          size.width > 0 &&
          (plot === 'box' ? (
            <BoxPlot
              width={size.width}
              height={Math.max(height, rowPlotHeight(lines.length, BOX_ROW_PX))}
              lines={lines}
              theme={theme}
              highlighted={highlighted}
              onHighlight={onHighlight}
            />
          ) : (
            <PercentileCurves
              width={size.width}
              height={height}
              lines={lines}
              theme={theme}
              highlighted={highlighted}
              interactive
            />
          ))}
      </div>
      <figcaption className="bench-plot-caption">
        {plotCaption(
          plot,
          lines.map(({ run }) => run),
        ).join(' ')}
      </figcaption>
    </figure>
  );
}
