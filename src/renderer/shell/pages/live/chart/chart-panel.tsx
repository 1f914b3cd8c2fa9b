import { useElementSize } from '../../../ui/use-element-size';
import { useShell } from '../../../store/shell-store';
import { ChartToolbar } from './chart-toolbar';
import { EventList } from './event-list';
import { Legend } from './legend';
import { LiveLatencyChart } from './live-latency-chart';
import { LivePercentileChart } from './live-percentile-chart';
import { useEscapeBack } from './stretch-shown';

/** The chart with its controls and legend. The plot has the size that the layout gives it, never its content's. */
export function ChartPanel() {
  const chart = useShell((s) => s.chart);
  const paused = useShell((s) => s.frozen !== null);
  const eventsShown = useShell((s) => s.eventsShown && s.chart === 'latency');
  useEscapeBack();
  const zoomed = useShell((s) => s.stretch !== null);
  const [ref, size] = useElementSize<HTMLDivElement>();
  return (
    <section className="panel chart-panel" aria-label="Round-trip charts">
      <h2 className="visually-hidden">Round trips</h2>
      <ChartToolbar />
      <div className="chart-row">
        <div
          className="chart"
          ref={ref}
          data-testid="chart"
          data-chart={chart}
          data-paused={paused}
          data-zoomed={zoomed}
        >
          {size &&
            size.width > 0 &&
            (chart === 'latency' ? <LiveLatencyChart {...size} /> : <LivePercentileChart {...size} />)}
          {paused && !zoomed && (
            <p className="paused-badge" role="status">
              Paused · samples keep arriving
            </p>
          )}
        </div>
        {eventsShown && <EventList />}
      </div>
      <Legend />
    </section>
  );
}
