import { memo, useMemo } from 'react';
import { formatBytes } from '../../../../../shared/format';
import { isAlive } from '../../../../../shared/process-state';
import type { ChannelView, ProcessView } from '../../../../../shared/snapshot';
import { isCharted } from '../chart/chart-model';
import { processHue } from '../../../charts/chart-theme';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { useStable } from '../../../ui/use-stable';
import { selectChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { CompartmentActions } from './compartment-actions';
import {
  BrowserFigure,
  DeadFigure,
  LiveFigure,
  PluginLine,
  TabsLine,
  type MeasuredChannel,
} from './compartment-figures';
import { StateBadge } from './state-badge';

interface Props {
  process: ProcessView;
}

/** One process as a compartment of the ship. Every state fills the same rows, so nothing moves when it dies. */
export const Compartment = memo(function Compartment({ process }: Props) {
  const { id, kind, name, title, pid, state } = process;
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
        <h2>{name}</h2>
        <span className="compartment-kind">{KINDS[kind]}</span>
      </div>
      <p className="compartment-state">
        <StateBadge state={state} />
        <span className="mono">{`pid ${pid ?? '–'}`}</span>
      </p>
      <div className="compartment-figure">
        {kind === 'browser' ? (
          <BrowserFigure process={process} />
        ) : alive ? (
          <LiveFigure channel={first ?? null} state={state} colour={colour} />
        ) : (
          <DeadFigure state={state} />
        )}
      </div>
      <p className="compartment-line">
        {kind === 'plugin' ? (
          <PluginLine channels={channels} colour={colour} alive={alive} />
        ) : kind === 'renderer' ? (
          <TabsLine tabIds={process.tabIds} />
        ) : (
          'supervises the others'
        )}
      </p>
      <p className="compartment-load">
        <span title="Resident memory">{alive ? formatBytes(process.memoryBytes) : '–'}</span>
        <span title="Percent of one core">CPU {alive ? cpu(process.cpuPercent) : '–'}</span>
      </p>
      {kind !== 'browser' && <CompartmentActions process={process} />}
    </li>
  );
});

const KINDS: Record<ProcessView['kind'], string> = {
  browser: 'browser',
  shell: 'window',
  renderer: 'renderer',
  plugin: 'plugin',
  server: 'program',
};

function cpu(percent: number | null): string {
  return percent === null ? '–' : `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
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
