import { useEffect } from 'react';
import { BenchNote } from './bench-note';
import { LoadNote } from './load-note';
import { ShowInFolder } from './show-in-folder';
import { selectNotices } from '../store/selectors';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { render } from '../../../shared/messages/message';

const SHOW_MS = 12_000;

/** One line at the foot of the window: the answer to what was asked for last, and notices. Always there, so nothing moves. */
export function StatusBar() {
  return (
    <footer className="status-bar">
      <Answer />
      <BenchNote />
      <LoadNote />
      <Notices />
    </footer>
  );
}

function Answer() {
  const status = useShell((s) => s.status);
  const clear = useShell((s) => s.clearStatus);
  useEffect(() => {
    if (!status) return;
    const timer = setTimeout(() => clear(status.id), SHOW_MS);
    return () => clearTimeout(timer);
  }, [status, clear]);
  return (
    <p
      className={`status-answer is-${status?.tone ?? 'none'}`}
      role="status"
      aria-live="polite"
      data-testid="status"
      title={status?.text}
    >
      {status && (
        <>
          <Icon name={status.tone === 'bad' ? 'warning' : 'check'} size={14} /> <span>{status.text}</span>
          {status.file !== undefined && <ShowInFolder file={status.file} />}
        </>
      )}
    </p>
  );
}

function Notices() {
  const notices = useShell(selectNotices);
  const dismissed = useShell((s) => s.dismissedNotices);
  const dismiss = useShell((s) => s.dismissNotice);
  const open = useShell((s) => s.openDialog);
  const shown = notices.filter((notice) => notice.level === 'warning' && !dismissed.has(notice.id));
  const first = shown[0];
  if (!first) return null;
  return (
    <div className="notice" role="note" data-testid="notice">
      <Icon name="warning" size={14} />
      <button
        type="button"
        className="link-button notice-text"
        title={render(first.text)}
        onClick={() => open({ kind: 'about' })}
      >
        {render(first.text)}
      </button>
      {shown.length > 1 && <span className="notice-more">+{shown.length - 1}</span>}
      <button
        type="button"
        className="icon-button is-tiny"
        aria-label="Dismiss this notice"
        onClick={() => dismiss(first.id)}
      >
        <Icon name="close" size={12} />
      </button>
    </div>
  );
}
