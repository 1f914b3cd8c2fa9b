import { useEffect } from 'react';
import { formatCount } from '../../../shared/format';
import type { ExportFormat } from '../../../shared/ipc-contract';
import { messageOf, request } from '../bridge';
import type { ExportJob } from './export-slice';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { Modal } from '../ui/modal';

/** The keys of the application menu's items, where they go with Ctrl+Shift. */
const CHOICES: { format: ExportFormat; key: string; name: string; content: string }[] = [
  {
    format: 'json',
    key: 'J',
    name: 'JSON',
    content:
      'The whole recording: environment, channels, every sample, losses, events. Its schema is in the repository.',
  },
  { format: 'csv', key: 'V', name: 'CSV', content: 'One row per sample, for a spreadsheet or a script.' },
  {
    format: 'svg',
    key: 'G',
    name: 'SVG',
    content: 'The chart as shown, as a drawing: title, axes, legend, event markers.',
  },
  { format: 'png', key: 'P', name: 'PNG', content: 'The same as a picture at twice the size.' },
  {
    format: 'html',
    key: 'H',
    name: 'HTML',
    content: 'One self-contained page with charts and tables, to send to somebody.',
  },
];

/** Exports of the recording so far. Letters choose a format while the dialog is open. */
export function ExportDialog() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const choice = CHOICES.find(({ key }) => key === event.key.toUpperCase());
      if (choice) void exportAs(choice.format);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Modal title="Export the recording" onClose={useShell((s) => s.closeDialog)}>
      <ul className="export-list">
        {CHOICES.map(({ format, key, name, content }, index) => (
          <li key={format}>
            <button
              type="button"
              className="export-choice"
              data-testid={`export-${format}`}
              autoFocus={index === 0}
              aria-keyshortcuts={key}
              onClick={() => void exportAs(format)}
            >
              <b>{name}</b>
              <span>{content}</span>
              <span className="export-keys">
                <kbd>{key}</kbd> or <kbd>Ctrl+Shift+{key}</kbd>
              </span>
            </button>
            <Job format={format} />
          </li>
        ))}
      </ul>
    </Modal>
  );
}

/** Starts an export unless one of this format is running, and keeps its outcome. */
export async function exportAs(format: ExportFormat): Promise<void> {
  const { exports, setExport, endExport, say } = useShell.getState();
  if (exports[format]?.kind === 'running') return;
  setExport(format, { kind: 'running', jobId: null, done: 0, total: 0 });
  try {
    const outcome = await request('recording:export', format);
    // What was written has been told by the feed; a save dialog that was cancelled is told only here.
    if (outcome.status === 'cancelled') endExport(format, outcome);
  } catch (error) {
    setExport(format, { kind: 'failed', message: messageOf(error) });
    say('bad', `The export failed: ${messageOf(error)}`);
  }
}

function Job({ format }: { format: ExportFormat }) {
  const job = useShell((s) => s.exports[format]);
  return (
    <div className="export-job" role="status" data-testid={`export-job-${format}`} data-kind={job?.kind ?? 'none'}>
      {job && <JobText job={job} />}
    </div>
  );
}

function JobText({ job }: { job: ExportJob }) {
  switch (job.kind) {
    case 'running': {
      const { jobId, done, total } = job;
      return (
        <>
          {total > 0 ? (
            <progress value={done} max={total} aria-label="Written so far" />
          ) : (
            <progress aria-label="Writing" />
          )}
          <span>
            {total > 0
              ? `${formatCount(done)} of ${formatCount(total)} rows`
              : jobId === null
                ? 'choose where to save it…'
                : `${formatCount(done)} rows`}
          </span>
          {jobId !== null && (
            <button type="button" className="link-button" onClick={() => void request('export:cancel', jobId)}>
              Cancel
            </button>
          )}
        </>
      );
    }
    case 'saved':
      return (
        <span className="is-good">
          <Icon name="check" size={13} /> Saved <code>{job.path}</code>
        </span>
      );
    case 'failed':
      return (
        <span className="is-bad">
          <Icon name="warning" size={13} /> {job.message}
        </span>
      );
    case 'cancelled':
      return <span>Cancelled; nothing was left behind.</span>;
  }
}
