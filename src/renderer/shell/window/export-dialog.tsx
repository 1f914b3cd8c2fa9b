import { useEffect } from 'react';
import { EXPORT_FORMAT_IDS, EXPORT_FORMATS, type ExportFormat } from '../../../shared/export-formats';
import { formatCount } from '../../../shared/format';
import { messageOf, request } from '../bridge';
import type { ExportJob } from './export-slice';
import { ShowInFolder } from './show-in-folder';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { Modal } from '../ui/modal';

/** Exports of the recording so far. Letters choose a format while the dialog is open. */
export function ExportDialog() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const format = EXPORT_FORMAT_IDS.find((id) => EXPORT_FORMATS[id].key === event.key.toUpperCase());
      if (format) void exportAs(format);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Modal title="Export the recording" onClose={useShell((s) => s.closeDialog)}>
      <ul className="export-list">
        {EXPORT_FORMAT_IDS.map((format, index) => {
          const { key, name, about } = EXPORT_FORMATS[format];
          return (
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
                <span>{about}</span>
                <span className="export-keys">
                  <kbd>{key}</kbd> or <kbd>Ctrl+Shift+{key}</kbd>
                </span>
              </button>
              <Job format={format} />
            </li>
          );
        })}
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
          <Icon name="check" size={13} /> Saved <code>{job.path}</code> <ShowInFolder file={job.file} />
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
