import type { AnatomyStretch, PingChoice } from '../../../../../shared/anatomy-view';
import { ROLLING_WINDOW_NS } from '../../../../../shared/measure/percentiles';
import { selectChannels } from '../../../store/selectors';
import { type ShellState, useShell } from '../../../store/shell-store';
import { isCharted } from '../chart/chart-model';

/** Of this channel, or, when it is none that has been measured, of the first one that has. */
export function openAnatomy(channelId: string | null, ping: PingChoice | null = null): void {
  const shell = useShell.getState();
  const measured = selectChannels(shell).filter(isCharted);
  const channel = measured.find(({ id }) => id === channelId) ?? measured[0];
  if (channel === undefined) return shell.say('bad', 'No channel has been measured yet. Switch one on in the table.');
  shell.openDialog({ kind: 'anatomy', channelId: channel.id, ping });
}

/** The time that charts and table show: the stretch that a person has chosen, the end of a pause, or null for the last 30 s. */
export function shownStretch({ stretch, frozen }: Pick<ShellState, 'stretch' | 'frozen'>): AnatomyStretch {
  if (stretch !== null) return { fromNs: stretch.fromNs, toNs: stretch.toNs };
  return frozen === null ? null : { fromNs: Math.max(0, frozen.nowNs - ROLLING_WINDOW_NS), toNs: frozen.nowNs };
}
