import { isCharted } from '../chart/chart-model';
import { percentilesSpan, PERCENTILE_COLUMNS } from '../chart/percentile-rows';
import { stretchText } from '../chart/time-axis';
import { selectTableChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { useRovingGrid } from '../../../ui/use-roving-grid';
import { Word } from '../../word';
import { COPIED_TABLE } from '../../copy';
import { ChannelRow } from './channel-row';

/** What becomes of pings but an answer or a loss, in one column. */
const OUTCOMES = [
  ['skipped', 'skip', 's'],
  ['late', 'late', 'l'],
  ['rejected', 'rej', 'r'],
] as const;

/** Percentiles and counts of every channel, also of those that can't run here: one tab stop, arrow keys inside. */
export function ChannelTable() {
  const channels = useShell(selectTableChannels);
  const stretch = useShell((s) => s.stretch);
  const timing = useShell((s) => s.timing);
  const grid = useRovingGrid();
  // One that was switched off keeps its place and its figures: only what has none goes below.
  const others = channels.filter((channel) => !isCharted(channel));
  return (
    <section className="panel table-panel" aria-label="Channels">
      <h2 className="visually-hidden">Channels</h2>
      <div className="table-scroll">
        <table className="data-table channel-table" role="grid" {...grid} {...COPIED_TABLE}>
          <caption className="visually-hidden">
            Round trips of {percentilesSpan({ stretch })} in µs, timed from the{' '}
            {timing === 'sent' ? 'actual' : 'intended'} send, and counts since each channel was opened
          </caption>
          <thead>
            <tr>
              <th scope="col" title="Whether the channel is probed">
                Run
              </th>
              <th scope="col">
                <Word id="channel" tabIndex={-1}>
                  Channel
                </Word>{' '}
                {stretch !== null && <small>{stretchText(stretch)}</small>}
              </th>
              {PERCENTILE_COLUMNS.map(([key, name]) => (
                <th scope="col" key={key}>
                  <Word id="percentile" tabIndex={-1}>
                    {name}
                  </Word>{' '}
                  <small>µs</small>
                </th>
              ))}
              <th scope="col">
                <Word id="lost" tabIndex={-1}>
                  lost
                </Word>
              </th>
              <th scope="col">
                <Word id="rate" tabIndex={-1}>
                  rate
                </Word>{' '}
                <small>/s</small>
              </th>
              <th scope="col">
                <Word id="sent" tabIndex={-1}>
                  sent
                </Word>
              </th>
              <th scope="col">
                {OUTCOMES.map(([id, full, short], index) => (
                  <span key={id}>
                    {index > 0 && '·'}
                    <Word id={id} tabIndex={-1}>
                      <span className="is-full">{full}</span>
                      <span className="is-short">{short}</span>
                    </Word>
                  </span>
                ))}
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
