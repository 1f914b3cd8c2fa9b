import type { FloorView } from '../../../../../shared/snapshot';
import { TRANSPORTS } from '../../../../../shared/transport-catalog';
import { render } from '../../../../../shared/messages/message';
import { Icon } from '../../../ui/icons';
import { Segmented } from '../../../ui/segmented';
import { CHART_WINDOW_IDS, CHART_WINDOWS } from '../series/chart-windows';
import { selectFloors } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Word } from '../../word';
import { StretchShown, ZOOM_BUTTON_ID } from './stretch-shown';

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
  const floor = useShell((s) => s.floor);
  const floors = useShell(selectFloors);
  const setView = useShell((s) => s.setView);
  const stretch = useShell((s) => s.stretch);
  const open = useShell((s) => s.openDialog);
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
      {stretch === null ? (
        <Segmented
          legend="Window"
          name="window"
          options={WINDOWS}
          value={window}
          disabled={chart !== 'latency'}
          onChange={(value) => setView({ window: value })}
        />
      ) : (
        <StretchShown stretch={stretch} />
      )}
      <button
        type="button"
        className="icon-button is-zoom"
        id={ZOOM_BUTTON_ID}
        aria-label="Zoom into a stretch of time"
        title="Zoom into a stretch of time: drag over the chart, or press for exact times"
        data-testid="zoom"
        onClick={() => open({ kind: 'stretch' })}
      >
        <Icon name="zoom" />
      </button>
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
        help={<Word id="timing" />}
        name="timing"
        options={TIMINGS}
        value={timing}
        onChange={(value) => setView({ timing: value })}
      />
      <button
        type="button"
        className="button floor"
        aria-pressed={floor}
        disabled={chart !== 'latency'}
        onClick={() => setView({ floor: !floor })}
        data-testid="floor"
        title={floorTitle(floors)}
      >
        Floor
      </button>
      <button
        type="button"
        className={paused ? 'button pause is-on' : 'button pause'}
        aria-pressed={paused}
        disabled={stretch !== null}
        onClick={togglePause}
        data-testid="pause"
      >
        <Icon name={paused ? 'play' : 'pause'} />
        <span>{paused ? 'Resume' : 'Pause'}</span>
      </button>
    </div>
  );
}

const FLOOR =
  'What the kernel alone takes for each transport shown: two native processes that send each other as many bytes at the same rate, asleep in between, measured all the time. The distance to the lines is what the runtime adds. Message ports have none: they are Chromium’s own.';

/** What the lines are, and which are missing and why. */
function floorTitle(floors: readonly FloorView[]): string {
  const reasons = floors.flatMap(({ transport, reason }) =>
    reason === null ? [] : [`${TRANSPORTS[transport].title}: no floor. ${render(reason)}`],
  );
  return [FLOOR, ...reasons].join('\n\n');
}
