import { beforeEach, expect, test } from 'vitest';
import { create } from 'zustand';
import type { BenchRunState, BenchView, ResultSummary } from '../../../../shared/bench-window/view';
import type { ShellState } from '../../store/shell-store';
import { createBenchSlice } from './bench-slice';

const RUNNING: BenchRunState = { kind: 'running', startedAtMs: 0, keepLive: false, stopping: false, progress: null };
const MEASURED: BenchRunState = { kind: 'idle', last: { kind: 'measured', resultId: 2 } };
const view = (run: BenchRunState, ...ids: number[]): BenchView => ({
  methods: [],
  run,
  results: ids.map((id) => ({ id }) as ResultSummary),
});

let store: ReturnType<typeof make>;
const make = () => create<ShellState>()((...args) => createBenchSlice(...args) as ShellState);
beforeEach(() => {
  store = make();
});

test('a run that comes to its end shows its result', () => {
  store.getState().receiveBench(view(RUNNING, 1));
  store.getState().showResult({ kind: 'one', id: 1 });
  store.getState().receiveBench(view(MEASURED, 1, 2));
  expect(store.getState().shown).toEqual({ kind: 'one', id: 2 });
});

test('news of something else leaves what is shown alone', () => {
  store.getState().receiveBench(view(MEASURED, 1, 2));
  store.getState().showResult({ kind: 'two', before: 1, after: 2 });
  store.getState().receiveBench(view(MEASURED, 1, 2, 3));
  expect(store.getState().shown).toEqual({ kind: 'two', before: 1, after: 2 });
});

test('what was taken off the list is not shown any more', () => {
  store.getState().receiveBench(view(MEASURED, 1, 2));
  store.getState().showResult({ kind: 'two', before: 1, after: 2 });
  store.getState().receiveBench(view(MEASURED, 2));
  expect(store.getState().shown).toEqual({ kind: 'one', id: 2 });
  store.getState().receiveBench(view(MEASURED));
  expect(store.getState().shown).toEqual({ kind: 'none' });
});
