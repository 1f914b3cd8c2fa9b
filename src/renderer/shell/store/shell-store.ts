import { create } from 'zustand';
import { type BenchSlice, createBenchSlice } from '../pages/bench/bench-slice';
import { createLabSlice, type LabSlice } from '../pages/live/lab-slice';
import { createLoadSlice, type LoadSlice } from '../pages/load/load-slice';
import { createViewSlice, type ViewSlice } from '../pages/live/view-slice';
import { createDialogSlice, type DialogSlice } from '../window/dialog-slice';
import { createExportSlice, type ExportSlice } from '../window/export-slice';
import { createFirstStepsSlice, type FirstStepsSlice } from '../window/first-steps-slice';
import { createPageSlice, type PageSlice } from '../window/page-slice';

export type ShellState = PageSlice &
  LabSlice &
  ViewSlice &
  DialogSlice &
  ExportSlice &
  BenchSlice &
  LoadSlice &
  FirstStepsSlice;

/** Everything the shell shows except samples, which live in `pages/live/series` outside React. */
export const useShell = create<ShellState>()((set, get) => ({
  ...createPageSlice(set, get),
  ...createLabSlice(set, get),
  ...createViewSlice(set, get),
  ...createDialogSlice(set, get),
  ...createExportSlice(set, get),
  ...createBenchSlice(set, get),
  ...createLoadSlice(set, get),
  ...createFirstStepsSlice(set, get),
}));
