import { Icon } from '../components/icons';
import { Segmented } from '../components/segmented';
import { CHART_WINDOW_IDS, CHART_WINDOWS } from '../series/chart-windows';
import { useShell } from '../store/shell-store';

const CHARTS = [
  { value: 'latency', label: 'Latency' },
  { value: 'percentiles', label: 'Percentiles' },
] as const;
const WINDOWS = CHART_WINDOW_IDS.map((id) => ({ value: id, label: CHART_WINDOWS[id].label }));
const SCALES = [
  { value: 'log', label: 'Log' },
  { value: 'linear', label: 'Linear' },
] as const;
const TIMINGS = [
  { value: 'sent', label: 'sent', title: 'From when a ping was actually sent' },
  {
    value: 'intended',
    label: 'intended',
    title: 'From when a ping was meant to be sent: counts the browser process’s own delays too',
  },
] as const;

/** What the charts show and how. */
export function ChartToolbar() {
  const chart = useShell((s) => s.chart);
  const window = useShell((s) => s.window);
  const scale = useShell((s) => s.scale);
  const timing = useShell((s) => s.timing);
  const paused = useShell((s) => s.frozen !== null);
  const setView = useShell((s) => s.setView);
  const togglePause = useShell((s) => s.togglePause);
  return (
    <div className="chart-toolbar" role="toolbar" aria-label="Chart">
      <Segmented
        legend="Chart"
        name="chart"
        options={CHARTS}
        value={chart}
        onChange={(value) => setView({ chart: value })}
      />
      <Segmented
        legend="Window"
        name="window"
        options={WINDOWS}
        value={window}
        disabled={chart !== 'latency'}
        onChange={(value) => setView({ window: value })}
      />
      <Segmented
        legend="Scale"
        name="scale"
        options={SCALES}
        value={scale}
        onChange={(value) => setView({ scale: value })}
      />
      <Segmented
        legend="Timed from"
        showLegend
        name="timing"
        options={TIMINGS}
        value={timing}
        onChange={(value) => setView({ timing: value })}
      />
      <button
        type="button"
        className={paused ? 'button pause is-on' : 'button pause'}
        aria-pressed={paused}
        onClick={togglePause}
        data-testid="pause"
      >
        <Icon name={paused ? 'play' : 'pause'} />
        <span>{paused ? 'Resume' : 'Pause'}</span>
      </button>
    </div>
  );
}
