import { memo, useMemo } from 'react';
import type { ProcessView } from '../../../../../shared/snapshot';
import { TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';
import { Icon } from '../../../ui/icons';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { Segmented } from '../../../ui/segmented';
import { useStable } from '../../../ui/use-stable';
import { selectChartedChannels, selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import type { ChartedChannel } from '../series/charted-channels';
import { selectColouring } from './line-colouring';
import { isCharted } from './chart-model';
import { CopyMenu } from '../../copy-menu';
import { shownChartPicture } from './export-image';
import { lineSpec, SHORT_TITLE, type LineSpec } from '../../../charts/line-spec';
import { Swatch } from '../../../charts/swatch';
import { Word } from '../../word';

interface Group {
  name: string;
  /** Of a closed tab: its lines end, and leave with the time. */
  departed: boolean;
  entries: { line: LineSpec; transport: TransportId }[];
}

const COLOURS = [
  { value: 'process', label: 'process', title: 'Colour by process: a hue for each process, a dash for each transport' },
  {
    value: 'transport',
    label: 'transport',
    title: 'Colour by transport: a hue for each transport, a dash for each process',
  },
] as const;

/** Every line by process: a click hides or shows it, the target (or a double-click) shows it alone. */
export function Legend() {
  const groups = useGroups();
  const hidden = useShell((s) => s.hidden);
  const colourBy = useShell((s) => selectColouring(s).by);
  const setView = useShell((s) => s.setView);
  const eventsShown = useShell((s) => s.eventsShown);
  const latency = useShell((s) => s.chart === 'latency');
  const showAll = useShell((s) => s.showAllLines);
  return (
    <div className="legend" role="group" aria-label="Lines of the chart">
      <div className="legend-lines">
        {groups.map((group) => (
          <span className={group.departed ? 'legend-group is-departed' : 'legend-group'} key={group.name}>
            <span className="legend-name">{group.departed ? `${group.name} (closed)` : group.name}</span>
            {group.entries.map(({ line, transport }) => (
              <LegendEntry
                key={line.id}
                line={line}
                transport={transport}
                process={group.name}
                hidden={hidden.has(line.id)}
              />
            ))}
          </span>
        ))}
      </div>
      <div className="legend-side">
        <Segmented
          legend="Colour by"
          help={<Word id="colour-by" />}
          showLegend
          name="colour-by"
          options={COLOURS}
          value={colourBy}
          onChange={(value) => setView({ colourBy: value })}
        />
        <span className="legend-buttons">
          <button
            type="button"
            className="link-button"
            aria-pressed={eventsShown}
            disabled={!latency}
            onClick={() => setView({ eventsShown: !eventsShown })}
            data-testid="events"
          >
            {eventsShown ? 'Hide events' : 'Events'}
          </button>
          <CopyMenu look="link-button" draw={shownChartPicture} />
          <button type="button" className="link-button legend-all" onClick={showAll} disabled={hidden.size === 0}>
            Show all
          </button>
        </span>
      </div>
    </div>
  );
}

interface EntryProps {
  line: LineSpec;
  transport: TransportId;
  process: string;
  hidden: boolean;
}

const LegendEntry = memo(function LegendEntry({ line, transport, process, hidden }: EntryProps) {
  const toggle = useShell((s) => s.toggleLine);
  const isolate = useShell((s) => s.isolateLine);
  const highlight = useShell((s) => s.highlight);
  const over = (): void => highlight(hidden ? null : line.id);
  const out = (): void => highlight(null);
  const title = TRANSPORTS[transport].title;
  return (
    <span className="legend-entry" onPointerEnter={over} onPointerLeave={out}>
      <button
        type="button"
        className="legend-toggle"
        data-testid={`legend-${line.id}`}
        aria-pressed={!hidden}
        aria-label={`${process}, ${SHORT_TITLE[transport]} (${title})`}
        title={`${line.label}: click to hide or show, double-click to show it alone`}
        onClick={() => toggle(line.id)}
        onDoubleClick={() => isolate(line.id)}
        onFocus={over}
        onBlur={out}
      >
        <Swatch colour={line.colour} dash={line.dash} dimmed={hidden} />
        <span className="legend-text">{SHORT_TITLE[transport]}</span>
      </button>
      <button
        type="button"
        className="legend-only"
        aria-label={`Only ${process}, ${title}`}
        title="Only this line"
        onClick={() => isolate(line.id)}
      >
        <Icon name="target" />
      </button>
    </span>
  );
});

function useGroups(): Group[] {
  const channels = useShell(selectChartedChannels);
  const processes = useShell(selectProcesses);
  const colouring = useShell(selectColouring);
  const theme = useChartTheme();
  const groups = useMemo(() => {
    const entriesOf = (own: readonly ChartedChannel[]): Group['entries'] =>
      own
        .filter(isCharted)
        .map((channel) => ({ line: lineSpec(channel, colouring, theme), transport: channel.transport }));
    const of = ({ id, name }: ProcessView): Group => ({
      name,
      departed: false,
      entries: entriesOf(
        channels.filter(({ processId, departedFrom }) => processId === id && departedFrom === undefined),
      ),
    });
    const gone = new Map<string, ChartedChannel[]>();
    for (const channel of channels)
      if (channel.departedFrom !== undefined)
        gone.set(channel.departedFrom, [...(gone.get(channel.departedFrom) ?? []), channel]);
    return [
      ...processes.map(of),
      ...[...gone].map(([name, own]): Group => ({ name, departed: true, entries: entriesOf(own) })),
    ].filter((group) => group.entries.length > 0);
  }, [channels, processes, colouring, theme]);
  return useStable(groups);
}
