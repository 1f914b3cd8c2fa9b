import { memo } from 'react';
import type { Thread } from '../../../../../shared/bench/request';
import { formatCount, microsDigits } from '../../../../../shared/format';
import { shownPercentile, whyNotShown } from '../../../../../shared/measure/percentile-samples';
import { channelState, PROCESS_STATE_WORDS, type ChannelState } from '../../../../../shared/state-words';
import type { ChannelStatus, ChannelTotals, ChannelView, Percentiles } from '../../../../../shared/snapshot';
import { TRANSPORTS } from '../../../../../shared/transport-catalog';
import { act } from '../../../bridge';
import { lineSpec, SHORT_TITLE } from '../../../charts/line-spec';
import { selectColouring } from '../chart/line-colouring';
import { PERCENTILE_COLUMNS, percentilesOf } from '../chart/percentile-rows';
import { Swatch } from '../../../charts/swatch';
import { useChartTheme } from '../../../charts/use-chart-theme';
import type { Timing } from '../series/chart-windows';
import { selectProcesses } from '../../../store/selectors';
import type { ProcessView } from '../../../../../shared/snapshot';
import { render } from '../../../../../shared/messages/message';
import { type ShellState, useShell } from '../../../store/shell-store';
import { openAnatomy } from '../anatomy/open-anatomy';
import { Icon, type IconName } from '../../../ui/icons';

interface Props {
  channel: ChannelView;
}

export const ChannelRow = memo(function ChannelRow({ channel }: Props) {
  const timing = useShell((s) => s.timing);
  const colouring = useShell(selectColouring);
  const highlight = useShell((s) => s.highlight);
  const processName = useShell((s) => processOf(s, channel)?.name ?? '');
  const state = useShell((s) => {
    const process = processOf(s, channel);
    return process === undefined ? channel.status.kind : channelState(channel.status, process.state);
  });
  const inStretch = useShell((s) => s.stretch !== null);
  const theme = useChartTheme();
  const { id, label, status, enabled, stats } = channel;
  const line = lineSpec(channel, colouring, theme);
  const percentiles = percentilesOf(channel, timing);
  const unavailable = status.kind === 'unavailable';
  return (
    <tr
      className={unavailable ? 'is-dimmed' : ''}
      data-testid={`channel-${id}`}
      data-status={status.kind}
      data-state={state}
      title={unavailable ? render(status.reason) : otherTiming(channel, timing)}
      onPointerEnter={() => highlight(unavailable ? null : id)}
      onPointerLeave={() => highlight(null)}
      onFocus={({ target }) => highlight(target.matches(':focus-visible') && !unavailable ? id : null)}
      onBlur={() => highlight(null)}
    >
      <td>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          tabIndex={-1}
          aria-label={`Probe ${label}`}
          data-testid={`run-${id}`}
          checked={enabled && !unavailable}
          disabled={unavailable}
          onChange={(event) => void act('channel:enable', id, event.target.checked)}
        />
      </td>
      <th scope="row" title={unavailable ? render(status.reason) : explain(channel)}>
        <span className="channel-name">
          <Swatch colour={line.colour} dash={line.dash} dimmed={state !== 'measuring'} />
          <span className="channel-label is-full">{label}</span>
          <span className="channel-label is-short">
            {processName} · {SHORT_TITLE[channel.transport]}
          </span>
          {!unavailable && (
            <button
              type="button"
              className="icon-button is-tiny"
              tabIndex={-1}
              aria-label={`Anatomy of ${label}`}
              title="Anatomy: where the time of its round trips goes"
              data-testid={`anatomy-${id}`}
              onClick={() => openAnatomy(id)}
            >
              <Icon name="anatomy" size={13} />
            </button>
          )}
          <StatusWord state={state} status={status} />
        </span>
      </th>
      {unavailable ? (
        <td className="table-reason" colSpan={9}>
          Not available here: {render(status.reason)}
        </td>
      ) : (
        <>
          {PERCENTILE_COLUMNS.map(([key]) => (
            <td key={key} title={whyNotShown(percentiles, key) ?? undefined}>
              {microsDigits(shownPercentile(percentiles, key))}
            </td>
          ))}
          <td className={stats.totals.lost > 0 ? 'is-bad' : ''}>{formatCount(stats.totals.lost)}</td>
          <td>{formatRate(stats.answeredPerSecond)}</td>
          <td>{formatCount(stats.totals.sent)}</td>
          <td title={allTotals(stats.totals)}>
            {inStretch
              ? '–'
              : [stats.totals.skipped, stats.totals.late, stats.totals.rejected].map(formatCount).join('·')}
          </td>
        </>
      )}
    </tr>
  );
});

function processOf(s: ShellState, { processId }: ChannelView): ProcessView | undefined {
  return selectProcesses(s).find((process) => process.id === processId);
}

const STATES: Record<ChannelState, { icon: IconName; word: string }> = {
  opening: { icon: 'launching', word: 'opening' },
  measuring: { icon: 'running', word: 'measuring' },
  paused: { icon: 'stopped', word: 'stopped' },
  waiting: { icon: 'clock', word: 'waiting' },
  held: { icon: 'pause', word: 'paused' },
  unavailable: { icon: 'ban', word: 'unavailable' },
  launching: { icon: 'launching', word: PROCESS_STATE_WORDS.launching },
  unresponsive: { icon: 'hourglass', word: PROCESS_STATE_WORDS.unresponsive },
  exited: { icon: 'dead', word: PROCESS_STATE_WORDS.exited },
  'backing-off': { icon: 'clock', word: PROCESS_STATE_WORDS['backing-off'] },
  'given-up': { icon: 'ban', word: PROCESS_STATE_WORDS['given-up'] },
};

function StatusWord({ state, status }: { state: ChannelState; status: ChannelStatus }) {
  const reason = 'reason' in status ? status.reason : null;
  const { icon, word } = STATES[state];
  return (
    <span className={`status-word is-${state}`} title={reason === null ? word : render(reason)}>
      <Icon name={icon} size={12} />
      <span>{word}</span>
    </span>
  );
}

/** By the thread that it is measured in, which is also the one that it is answered in. */
const THREADS: Record<Thread, string> = {
  main: 'Sent and timed in the main thread of the browser process, and answered in that of its own.',
  worker: 'Sent, timed and answered in threads that do nothing else: they go on while a main thread hangs.',
};

/** What the transport is and promises; the rest is in docs/transports.md. */
function explain({ label, transport, thread }: ChannelView): string {
  const { mechanism, ordered, reliable, framing } = TRANSPORTS[transport];
  const { sending, senderKnows, useFor } = TRANSPORTS[transport];
  const promises = [
    ordered ? 'order' : 'no order',
    reliable ? 'delivery' : 'no delivery',
    framing === 'message' ? 'boundaries' : 'no boundaries (a stream)',
  ];
  return `${label}: ${mechanism}\n\n${THREADS[thread]}\n\nPromises ${promises.join(', ')}; ${sending}. ${senderKnows}\n\nFor: ${useFor}`;
}

function otherTiming(channel: ChannelView, timing: Timing): string {
  const other = percentilesOf(channel, timing === 'sent' ? 'intended' : 'sent');
  return `${channel.label}\nTimed from the ${timing === 'sent' ? 'intended' : 'actual'} send: ${other ? summary(other) : 'no answered ping'}`;
}

function summary(percentiles: Percentiles): string {
  return (
    PERCENTILE_COLUMNS.map(([key, name]) => `${name} ${microsDigits(shownPercentile(percentiles, key))}`).join(', ') +
    ' µs'
  );
}

function allTotals(totals: ChannelTotals): string {
  return Object.entries(totals)
    .map(([name, count]) => `${name} ${formatCount(Number(count))}`)
    .join('\n');
}

function formatRate(perSecond: number): string {
  return perSecond >= 10 || perSecond === 0 ? formatCount(perSecond) : perSecond.toFixed(1);
}
