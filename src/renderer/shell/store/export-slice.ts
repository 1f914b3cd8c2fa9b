import type { StateCreator } from 'zustand';
import type { ExportProgress } from '../../../shared/feed';
import type { ExportFormat } from '../../../shared/ipc-contract';
import type { ShellState } from './shell-store';

export type ExportJob =
  | { kind: 'running'; jobId: number | null; done: number; total: number }
  | { kind: 'saved'; path: string }
  | { kind: 'failed'; message: string }
  | { kind: 'cancelled' }
  /** Ended without this window having asked for it (a menu item did), so without an outcome to show. */
  | { kind: 'finished' };

export interface ExportSlice {
  /** The latest export of each format. */
  exports: Partial<Record<ExportFormat, ExportJob>>;
  setExport(format: ExportFormat, job: ExportJob): void;
  receiveExportProgress(progress: ExportProgress): void;
}

export const createExportSlice: StateCreator<ShellState, [], [], ExportSlice> = (set, get) => ({
  exports: {},
  setExport: (format, job) => set({ exports: { ...get().exports, [format]: job } }),
  receiveExportProgress({ jobId, format, done, total, finished }) {
    if (!isFormat(format)) return;
    const present = get().exports[format];
    if (!finished) get().setExport(format, { kind: 'running', jobId, done, total });
    else if (present?.kind === 'running' && present.jobId === jobId) get().setExport(format, { kind: 'finished' });
  },
});

const FORMATS: Record<ExportFormat, true> = { json: true, csv: true, svg: true, png: true, html: true };

function isFormat(format: string): format is ExportFormat {
  return Object.hasOwn(FORMATS, format);
}
