import { beforeEach, expect, test } from 'vitest';
import { create } from 'zustand';
import type { BenchResult, BenchRun } from '../../../../shared/bench/schema';
import type { BenchRunState, BenchView, ResultSummary } from '../../../../shared/bench-window/view';
import type { ShellState } from '../../store/shell-store';
import { createBenchSlice } from './bench-slice';

const RUNNING: BenchRunState = { kind: 'running', startedAtMs: 0, keepLive: false, stopping: false, progress: null };
const MEASURED: BenchRunState = { kind: 'idle', last: { kind: 'measured', resultId: 2 } };
const view = (run: BenchRunState, ...ids: number[]): BenchView => ({
  methods: [],
  run,
  problems: [],
  results: ids.map((id) => ({ id }) as ResultSummary),
});

const resultOf = (runs: number) =>
  ({ runs: Array.from({ length: runs }, () => ({ method: 'fifo' })) }) as unknown as BenchResult;

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

test('a run that begins is shown, without what the one before had; what is chosen meanwhile stays', () => {
  const { receiveBench, receivePartial, showResult } = store.getState();
  receiveBench(view(MEASURED, 1));
  receivePartial({ begun: resultOf(2) });
  receiveBench(view(RUNNING, 1));
  expect([store.getState().shown, store.getState().partial]).toEqual([{ kind: 'running' }, null]);
  showResult({ kind: 'one', id: 1 });
  receiveBench(view(RUNNING, 1));
  expect(store.getState().shown).toEqual({ kind: 'one', id: 1 });
});

test('figures come in run by run, each in its place, and stay until the result is there', () => {
  const { receiveBench, receivePartial } = store.getState();
  receiveBench(view(RUNNING));
  const run = { method: 'tcp' } as BenchRun;
  receivePartial({ measured: { index: 0, run } });
  expect(store.getState().partial).toBeNull();
  receivePartial({ begun: resultOf(2) });
  receivePartial({ measured: { index: 1, run } });
  receivePartial({ measured: { index: 2, run } });
  expect(store.getState().partial?.runs.map(({ method }) => method)).toEqual(['fifo', 'tcp']);
  receiveBench(view(MEASURED, 2));
  expect(store.getState().shown).toEqual({ kind: 'one', id: 2 });
  expect(store.getState().partial?.runs).toHaveLength(2);
});

test('a run that fails leaves nothing to show', () => {
  const { receiveBench } = store.getState();
  receiveBench(view(RUNNING));
  receiveBench(view({ kind: 'idle', last: { kind: 'failed', reason: 'It broke.' } }));
  expect(store.getState().shown).toEqual({ kind: 'none' });
});
