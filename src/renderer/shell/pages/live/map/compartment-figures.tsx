import { useMemo } from 'react';
import { formatCount } from '../../../../../shared/format';
import { describeTermination, isAlive, type ProcessState } from '../../../../../shared/process-state';
import type { ProcessView } from '../../../../../shared/snapshot';
import { TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';
import { SHORT_TITLE, TRANSPORT_DASH } from '../../../charts/line-spec';
import { Swatch } from '../../../charts/swatch';
import { useNow } from '../../../ui/use-now';
import { digitsIn, unitOf } from './card-figures';
import { useRecentMedians } from './use-recent-medians';
import { selectProcesses, selectTabs } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Sparkline } from './sparkline';

export interface MeasuredChannel {
  id: string;
  transport: TransportId;
  measuring: boolean;
}

/** The round trip now, large, beside the channel's last seconds. */
export function LiveFigure({
  channel,
  state,
  colour,
}: {
  channel: MeasuredChannel | null;
  state: ProcessState;
  colour: string;
}) {
  const id = channel?.id;
  const [median = null] = useRecentMedians(useMemo(() => (id === undefined ? [] : [id]), [id]));
  const unit = unitOf([median]);
  return (
    <>
      <p
        className="big-number"
        title={channel ? `Median round trip of the last 2 s, ${TRANSPORTS[channel.transport].title}` : 'No channel'}
      >
        <strong>{state.kind === 'unresponsive' ? 'no answer' : digitsIn(unit, median)}</strong>
        {state.kind !== 'unresponsive' && <span>{unit}</span>}
      </p>
      {channel && <Sparkline channelId={channel.id} colour={colour} />}
    </>
  );
}

/** How it died, and what happens next. */
export function DeadFigure({ state }: { state: ProcessState }) {
  if (state.kind === 'launching' || state.kind === 'running' || state.kind === 'unresponsive') return null;
  return (
    <div className="dead-figure">
      <strong>{describeTermination(state.termination)}</strong>
      {state.kind === 'backing-off' && <Countdown untilMs={state.restartAtMs} crashes={state.crashes} />}
      {state.kind === 'given-up' && <span>{state.crashes} crashes in 5 min</span>}
      {state.kind === 'exited' && <span>{state.termination.requested ? 'as you asked' : 'unasked'}</span>}
    </div>
  );
}

function Countdown({ untilMs, crashes }: { untilMs: number; crashes: number }) {
  const left = Math.max(0, untilMs - useNow(100)) / 1000;
  return (
    <span>
      crash {crashes}, back in {left.toFixed(1)} s
    </span>
  );
}

export function BrowserFigure({ process }: { process: ProcessView }) {
  const others = useShell((s) => selectProcesses(s).filter(({ state }) => isAlive(state)).length - 1);
  return (
    <p className="big-number" title={process.title}>
      <strong>{formatCount(Math.max(0, others))}</strong>
      <span>{others === 1 ? 'child' : 'children'}</span>
    </p>
  );
}

/** The narrowest names there are. */
function shortWord(transport: TransportId): string {
  return transport === 'unix-dgram' ? 'dgram' : SHORT_TITLE[transport];
}

/** So many have room in a card, or, where there are more, two and how many others. */
const MOST_FIGURES = 3;

/** A plugin's round trip over each of its transports, all in one unit. */
export function PluginLine({
  channels,
  colour,
  alive,
}: {
  channels: readonly MeasuredChannel[];
  colour: string;
  alive: boolean;
}) {
  const shown = useMemo(() => (channels.length > MOST_FIGURES ? channels.slice(0, 2) : channels), [channels]);
  const medians = useRecentMedians(useMemo(() => (alive ? shown.map(({ id }) => id) : []), [shown, alive]));
  const unit = unitOf(medians);
  const texts = shown.map((_, index) => digitsIn(unit, medians[index] ?? null));
  const long = texts.some((text) => text.length > 4);
  return (
    <span
      className="transport-figures"
      data-unit={unit}
      data-long={long || unit === 'ms'}
      data-longest={long && unit === 'ms'}
    >
      {shown.map(({ id, transport }, index) => (
        <span key={id} title={`${TRANSPORTS[transport].title}: median round trip of the last 2 s, ${unit}`}>
          <Swatch colour={alive ? colour : 'currentColor'} dash={TRANSPORT_DASH[transport]} />
          <span className="transport-word">{shortWord(transport)}</span> <b>{texts[index]}</b>
        </span>
      ))}
      {unit === 'ms' && <span>ms</span>}
      {shown.length < channels.length && (
        <span title="Further transports: the table under the chart has them all">
          +{channels.length - shown.length}
        </span>
      )}
    </span>
  );
}

export function TabsLine({ tabIds }: { tabIds: readonly number[] }) {
  const tabs = useShell(selectTabs);
  const titles = tabs.filter((tab) => tabIds.includes(tab.id)).map((tab) => hostOf(tab.url) ?? tab.title);
  return (
    <span title={titles.join('\n')}>
      {tabIds.length === 1 ? '1 tab' : `${tabIds.length} tabs`}
      {titles.length > 0 && `: ${titles.join(', ')}`}
    </span>
  );
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host || null : null;
}
