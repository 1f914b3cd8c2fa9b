import { useState } from 'react';
import { useElementSize } from '../../../ui/use-element-size';
import { useShell } from '../../../store/shell-store';
import { ChartToolbar } from './chart-toolbar';
import { EventList } from './event-list';
import { Legend } from './legend';
import { LiveLatencyChart } from './live-latency-chart';
import { LivePercentileChart } from './live-percentile-chart';

/** The chart with its controls and legend. The plot has the size that the layout gives it, never its content's. */
export function ChartPanel() {
  const chart = useShell((s) => s.chart);
  const paused = useShell((s) => s.frozen !== null);
  const [eventsShown, setEventsShown] = useState(false);
  const [ref, size] = useElementSize<HTMLDivElement>();
  return (
    <section className="panel chart-panel" aria-label="Round-trip charts">
      <h2 className="visually-hidden">Round trips</h2>
      <ChartToolbar />
      <div className="chart" ref={ref} data-testid="chart" data-chart={chart} data-paused={paused}>
        {size &&
          size.width > 0 &&
          (chart === 'latency' ? <LiveLatencyChart {...size} /> : <LivePercentileChart {...size} />)}
        {eventsShown && <EventList />}
        {paused && (
          <p className="paused-badge" role="status">
            Paused · samples keep arriving
          </p>
        )}
      </div>
      <Legend eventsShown={eventsShown} showEvents={setEventsShown} />
    </section>
  );
}
