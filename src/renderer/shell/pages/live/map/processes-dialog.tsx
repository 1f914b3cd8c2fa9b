import { formatBytes } from '../../../../../shared/format';
import { isAlive } from '../../../../../shared/process-state';
import type { OwnedProcessView, ProcessView } from '../../../../../shared/snapshot';
import { selectAlsoRunning, selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Modal } from '../../../ui/modal';
import { countText, cpuText, KIND_WORDS, UNREAD_WORDS } from '../../figures-text';

/** Every process that Bulkhead owns, as `ps` lists them, with what each costs. */
export function ProcessesDialog() {
  const processes = useShell(selectProcesses);
  const others = useShell(selectAlsoRunning);
  const inMap = processes.filter(hasPid);
  const unread = new Set([...inMap, ...others].flatMap((process) => process.unread ?? []));
  return (
    <Modal title="Processes" wide onClose={useShell((s) => s.closeDialog)}>
      <div className="table-scroll is-tall" tabIndex={0} role="group" aria-label="Processes">
        <table className="data-table process-list" data-testid="process-list">
          <caption className="visually-hidden">Every process of Bulkhead, with what it costs the computer</caption>
          <thead>
            <tr>
              <th scope="col">Process</th>
              <th scope="col">kind</th>
              <th scope="col">pid</th>
              <th scope="col">memory</th>
              <th scope="col">CPU</th>
              <th scope="col">threads</th>
              <th scope="col">descriptors</th>
              <th scope="col" title="Times that the main thread gave its core up by itself">
                switches/s
                <br />
                <small>voluntary</small>
              </th>
              <th scope="col" title="Times that the main thread’s core was taken away">
                switches/s
                <br />
                <small>involuntary</small>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className="table-group">
              <th colSpan={9} scope="rowgroup">
                In the map
              </th>
            </tr>
            {inMap.map((process) => (
              <ProcessRow key={process.pid} process={process} />
            ))}
          </tbody>
          <tbody>
            <tr className="table-group">
              <th colSpan={9} scope="rowgroup">
                Also running
              </th>
            </tr>
            {others.map((process) => (
              <ProcessRow key={process.pid} process={process} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="dialog-note">
        Memory is resident memory; what several processes share counts for each. CPU is in percent of one core. Context
        switches are those of the main thread. Read once a second.
        {[...unread].map((reason) => ` ${UNREAD_WORDS[reason]}`)}
      </p>
    </Modal>
  );
}

function hasPid(process: ProcessView): process is ProcessView & { pid: number } {
  return process.pid !== null && isAlive(process.state);
}

function ProcessRow({ process }: { process: OwnedProcessView }) {
  const { pid, name, kind, memoryBytes, cpuPercent, threads, descriptors, switchesPerSecond, unread } = process;
  const why = unread === null ? undefined : UNREAD_WORDS[unread];
  return (
    <tr data-pid={pid}>
      <th scope="row">{name}</th>
      <td>{KIND_WORDS[kind]}</td>
      <td>{pid}</td>
      <td>{formatBytes(memoryBytes)}</td>
      <td>{cpuText(cpuPercent)}</td>
      <td title={threads === null ? why : undefined}>{countText(threads)}</td>
      <td title={descriptors === null ? why : undefined}>{countText(descriptors)}</td>
      <td>{countText(switchesPerSecond?.voluntary ?? null)}</td>
      <td>{countText(switchesPerSecond?.involuntary ?? null)}</td>
    </tr>
  );
}
