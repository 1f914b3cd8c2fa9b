import { isCharted } from '../chart/chart-model';
import { percentilesSpan, PERCENTILE_COLUMNS } from '../chart/percentile-rows';
import { stretchText } from '../chart/time-axis';
import { selectTableChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { ChannelRow } from './channel-row';

/** Percentiles and counts of every channel, also of those that can't run here. */
export function ChannelTable() {
  const channels = useShell(selectTableChannels);
  const stretch = useShell((s) => s.stretch);
  const timing = useShell((s) => s.timing);
  // One that was switched off keeps its place and its figures: only what has none goes below.
  const others = channels.filter((channel) => !isCharted(channel));
  return (
    <section className="panel table-panel" aria-label="Channels">
      <div className="table-scroll">
        <table className="data-table channel-table">
          <caption className="visually-hidden">
            Round trips of {percentilesSpan({ stretch })} in µs, timed from the{' '}
            {timing === 'sent' ? 'actual' : 'intended'} send, and counts since each channel was opened
          </caption>
          <thead>
            <tr>
              <th scope="col" title="Whether the channel is probed">
                Run
              </th>
              <th scope="col">Channel {stretch !== null && <small>{stretchText(stretch)}</small>}</th>
              {PERCENTILE_COLUMNS.map(([key, name]) => (
                <th scope="col" key={key}>
                  {name} <small>µs</small>
                </th>
              ))}
              <th scope="col">lost</th>
              <th scope="col" title="Answered pings in the last second">
                rate <small>/s</small>
              </th>
              <th scope="col">sent</th>
              <th
                scope="col"
                title="Skipped: never sent, the browser process was too late. Late: answered after it was given up as lost. Rejected: malformed or foreign frames."
              >
                <span className="is-full">skip·late·rej</span>
                <span className="is-short">s·l·r</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {channels.filter(isCharted).map((channel) => (
              <ChannelRow key={channel.id} channel={channel} />
            ))}
            {channels.length === 0 && (
              <tr>
                <td className="table-empty" colSpan={11}>
                  No channel yet. Open a site to get one.
                </td>
              </tr>
            )}
          </tbody>
          {others.length > 0 && (
            <tbody>
              <tr className="table-group">
                <th colSpan={11} scope="rowgroup">
                  Not measured: switch one on to open it
                </th>
              </tr>
              {others.map((channel) => (
                <ChannelRow key={channel.id} channel={channel} />
              ))}
            </tbody>
          )}
        </table>
      </div>
    </section>
  );
}
