import { formatCount, microsDigits } from '../../../../../shared/format';
import { BROWSER_PROCESS_ID, type ChannelView } from '../../../../../shared/snapshot';
import { selectChannels, selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { countText, cpuText, UNREAD_WORDS } from '../../figures-text';
import { costsOf, type ProcessCosts } from './process-costs';
import styles from './anatomy.module.css';

/** What the two processes of a channel cost the computer, as in the benchmark. */
export function AnatomyCosts({ channel }: { channel: ChannelView }) {
  const processes = useShell(selectProcesses);
  const channels = useShell(selectChannels);
  const rows = [
    { id: BROWSER_PROCESS_ID, shares: channels },
    { id: channel.processId, shares: channels.filter(({ processId }) => processId === channel.processId) },
  ].flatMap(({ id, shares }) => {
    const process = processes.find((each) => each.id === id);
    return process === undefined ? [] : [costsOf(process, shares)];
  });
  return (
    <section className={styles['section']}>
      <header>
        <h3>What it costs</h3>
      </header>
      <table className="data-table" data-testid="anatomy-costs">
        <caption className="visually-hidden">CPU and context switches of both processes</caption>
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">CPU</th>
            <th scope="col">
              CPU <small>µs a round trip</small>
            </th>
            <th scope="col" title="Of the main thread: it went to sleep, and its core was taken away">
              switches <small>/s: voluntary, involuntary</small>
            </th>
            <th scope="col">
              switches <small>a round trip</small>
            </th>
            <th scope="col">
              round trips <small>/s</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CostRow key={row.process.id} costs={row} />
          ))}
        </tbody>
      </table>
      <p className="dialog-note">
        Of the whole process, over all round trips that it has a part in, in the last second; so a process that does
        other work as well shows more. Switches are those of its main thread.
      </p>
    </section>
  );
}

function CostRow({
  costs: { process, roundTripsPerSecond, cpuNsPerRoundTrip, switchesPerRoundTrip },
}: {
  costs: ProcessCosts;
}) {
  const { switchesPerSecond: switches, unread } = process;
  const why = unread === null ? undefined : UNREAD_WORDS[unread];
  return (
    <tr>
      <th scope="row">{process.name}</th>
      <td>{cpuText(process.cpuPercent)}</td>
      <td>{microsDigits(cpuNsPerRoundTrip)}</td>
      <td title={switches === null ? why : undefined}>
        {countText(switches?.voluntary ?? null)}, {countText(switches?.involuntary ?? null)}
      </td>
      <td>{switchesPerRoundTrip === null ? '–' : switchesPerRoundTrip.toFixed(1)}</td>
      <td>{formatCount(Math.round(roundTripsPerSecond))}</td>
    </tr>
  );
}
