import type { ExportProgress } from '../../../shared/feed';
import { render } from '../../../shared/messages/message';
import type { ExportFormat } from '../../../shared/export-formats';
import type { ExportOutcome } from '../../../shared/ipc-contract';
import type { DialogSlice } from './dialog-slice';
import type { SliceCreator } from '../store/slice';

export type ExportJob =
  | { kind: 'running'; jobId: number | null; done: number; total: number }
  | { kind: 'saved'; path: string; file: number }
  | { kind: 'failed'; message: string }
  | { kind: 'cancelled' };

export interface ExportSlice {
  /** The latest export of each format. */
  exports: Partial<Record<ExportFormat, ExportJob>>;
  setExport(format: ExportFormat, job: ExportJob): void;
  /** Says how an export ended, in the dialog and in the status line: also one that a menu item began. */
  endExport(format: ExportFormat, outcome: ExportOutcome): void;
  receiveExportProgress(progress: ExportProgress): void;
}

export const createExportSlice: SliceCreator<ExportSlice, DialogSlice> = (set, get) => ({
  exports: {},
  setExport: (format, job) => set({ exports: { ...get().exports, [format]: job } }),
  endExport(format, outcome) {
    const { setExport, say } = get();
    switch (outcome.status) {
      case 'saved':
        setExport(format, { kind: 'saved', path: outcome.path, file: outcome.file });
        return say('good', `Saved ${outcome.path}`, outcome.file);
      case 'cancelled':
        return setExport(format, { kind: 'cancelled' });
      case 'failed':
        setExport(format, { kind: 'failed', message: render(outcome.message) });
        return say('bad', render(outcome.message));
    }
  },
  receiveExportProgress({ jobId, format, done, total, outcome }) {
    if (outcome === null) get().setExport(format, { kind: 'running', jobId, done, total });
    else get().endExport(format, outcome);
  },
});
