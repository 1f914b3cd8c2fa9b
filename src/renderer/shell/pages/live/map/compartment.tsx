import { memo, useMemo } from 'react';
import { formatBytes } from '../../../../../shared/format';
import { isAlive } from '../../../../../shared/process-state';
import { type ChannelView, MAIN_ROLE, type ProcessView } from '../../../../../shared/snapshot';
import { isCharted } from '../chart/chart-model';
import { processHue } from '../../../charts/chart-theme';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { useStable } from '../../../ui/use-stable';
import { selectAlsoRunning, selectChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { ProcessButtons } from '../../process-buttons';
import {
  BrowserFigure,
  DeadFigure,
  LiveFigure,
  PluginLine,
  TabsLine,
  type MeasuredChannel,
} from './compartment-figures';
import { cpuText, figureLines, KIND_WORDS } from '../../figures-text';
import { StateBadge } from '../../state-badge';

interface Props {
  process: ProcessView;
  /** It stands with others of its plugin, whose name is the first one's. */
  inGroup?: boolean;
}

/** One process as a compartment of the ship. Every state fills the same rows, so nothing moves when it dies. */
export const Compartment = memo(function Compartment({ process, inGroup = false }: Props) {
  const { id, kind, name, title, pid, state, role, waitsFor } = process;
  const channels = useOwnChannels(id);
  const colourIndex = useShell((s) => s.colourIndex[id]);
  const struck = useShell((s) => s.struck.includes(id));
  const theme = useChartTheme();
  const colour = colourIndex === undefined ? theme.inkSoft : processHue(theme, colourIndex);
  const alive = isAlive(state);
  const first = channels.find((channel) => channel.measuring) ?? channels[0];
  return (
    <li
      className="compartment"
      data-testid={`process-${id}`}
      data-state={state.kind}
      data-pid={pid ?? ''}
      data-kind={kind}
      data-flooded={!alive}
      data-struck={struck}
      style={{ '--hue': colour } as React.CSSProperties}
      title={title}
    >
      <div className="compartment-head">
        <h2>{inGroup && role !== null && role !== MAIN_ROLE ? role : name}</h2>
        <span className="compartment-kind">{KIND_WORDS[kind]}</span>
      </div>
      <p className="compartment-state">
        <StateBadge state={state} />
        <span className="mono">{`pid ${pid ?? '–'}`}</span>
      </p>
      <div className="compartment-figure">
        {kind === 'browser' ? (
          <BrowserFigure process={process} />
        ) : alive && first === undefined && state.kind !== 'unresponsive' ? (
          <p className="unmeasured">{waitsFor === null ? 'not measured' : `waits for ${waitsFor}`}</p>
        ) : alive ? (
          <LiveFigure channel={first ?? null} state={state} colour={colour} />
        ) : (
          <DeadFigure state={state} />
        )}
      </div>
      <p className="compartment-line">
        {first === undefined && (kind === 'plugin' || kind === 'server') ? (
          title
        ) : kind === 'plugin' ? (
          <PluginLine channels={channels} colour={colour} alive={alive} />
        ) : kind === 'renderer' ? (
          <TabsLine tabIds={process.tabIds} />
        ) : (
          'supervises the others'
        )}
      </p>
      <p className="compartment-load" title={alive ? figureLines(process) : undefined}>
        <span>{alive ? formatBytes(process.memoryBytes) : '–'}</span>
        <span>CPU {alive ? cpuText(process.cpuPercent) : '–'}</span>
      </p>
      {kind === 'browser' ? <ShowProcesses /> : <ProcessButtons process={process} />}
    </li>
  );
});

/** Opens the list of all processes, those without a compartment as well. */
function ShowProcesses() {
  const others = useShell((s) => selectAlsoRunning(s).length);
  const open = useShell((s) => s.openDialog);
  return (
    <div className="compartment-actions">
      <button
        type="button"
        className="small-button"
        data-testid="show-processes"
        title="Every process with its pid, memory, CPU, threads and descriptors"
        onClick={() => open({ kind: 'processes' })}
      >
        Also running: {others}
      </button>
    </div>
  );
}

function useOwnChannels(processId: string): MeasuredChannel[] {
  const channels: readonly ChannelView[] = useShell(selectChannels);
  const own = useMemo(
    () =>
      channels
        .filter((channel) => channel.processId === processId && channel.enabled && isCharted(channel))
        .map((channel): MeasuredChannel => ({
          id: channel.id,
          transport: channel.transport,
          measuring: channel.status.kind === 'measuring',
        })),
    [channels, processId],
  );
  return useStable(own);
}
