import { useMemo } from 'react';
import type { Incident } from '../../../../../shared/incident';
import type { ChannelView } from '../../../../../shared/snapshot';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { useStable } from '../../../ui/use-stable';
import { selectChartedChannels, selectIncidents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { selectColouring } from './line-colouring';
import { struckChannels, visibleChannels } from './chart-model';
import { lineSpec, type LineSpec } from '../../../charts/line-spec';

export interface ShownChannels {
  channels: readonly ChannelView[];
  /** One for each of `channels`; keeps its identity while only numbers change. */
  lines: readonly LineSpec[];
  highlighted: string | null;
  /** Ids of channels whose process has just died or hung. */
  struck: readonly string[];
}

/** What a chart shows that is paused, or of a stretch, is over. */
const NO_INCIDENTS: readonly Incident[] = [];

/** The channels that the charts draw now, with how their lines look. */
export function useShownChannels(): ShownChannels {
  const all = useShell(selectChartedChannels);
  const hidden = useShell((s) => s.hidden);
  const colouring = useShell(selectColouring);
  const highlighted = useShell((s) => s.highlighted);
  const theme = useChartTheme();
  const channels = useMemo(() => visibleChannels(all, hidden), [all, hidden]);
  const lines = useStable(channels.map((channel) => lineSpec(channel, colouring, theme)));
  const incidents = useShell((s) => (s.frozen === null && s.stretch === null ? selectIncidents(s) : NO_INCIDENTS));
  const struck = useStable(struckChannels(channels, incidents));
  return { channels, lines, highlighted, struck };
}
