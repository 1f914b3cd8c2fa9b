import { create } from 'zustand';
import { type BenchSlice, createBenchSlice } from '../bench/bench-slice';
import { createDialogSlice, type DialogSlice } from './dialog-slice';
import { createExportSlice, type ExportSlice } from './export-slice';
import { createLabSlice, type LabSlice } from './lab-slice';
import { createViewSlice, type ViewSlice } from './view-slice';

export type ShellState = LabSlice & ViewSlice & DialogSlice & ExportSlice & BenchSlice;

/** Everything the shell shows except samples, which live in `series/` outside React. */
export const useShell = create<ShellState>()((...args) => ({
  ...createLabSlice(...args),
  ...createViewSlice(...args),
  ...createDialogSlice(...args),
  ...createExportSlice(...args),
  ...createBenchSlice(...args),
}));
