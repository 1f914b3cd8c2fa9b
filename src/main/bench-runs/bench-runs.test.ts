import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BenchPartial, BenchProgress } from '../../shared/bench/progress';
import type { BenchRequest } from '../../shared/bench/request';
import type { BenchResult, BenchRun } from '../../shared/bench/schema';
import type { BenchForm } from '../../shared/bench-window/form';
import type { Outcome } from '../../shared/ipc-contract';
import { Emitter } from '../../shared/emitter';
import { type Message, render, say } from '../../shared/messages/message';
import { EventLog } from '../event-log';
import type { BenchEnd, BenchProcess } from './bench-process';
import { BenchRuns } from './bench-runs';
import { ResultStore } from './result-store';

const FORM: BenchForm = {
  methods: ['fifo', 'tcp', 'udp', 'shmem', 'file'],
  allRoutes: false,
  sizes: [64],
  placement: 'free',
  io: 'native',
  thread: 'main',
  mode: { kind: 'closed', cycles: 500 },
  rounds: 2,
  warmup: 0,
  timeoutMs: 2000,
  floor: true,
  keepLive: false,
};
const resultWith = (runs: unknown[], interrupted = false) =>
  ({ environment: { began_at: '2026-01-31T12:00:00.000Z', interrupted }, runs }) as unknown as BenchResult;

/** The child alone is made up: what it does is tested with real ones in `bench-process.test.ts`. */
class MadeUpProcess {
  readonly progress = new Emitter<BenchProgress>();
  readonly partial = new Emitter<BenchPartial>();
  readonly told: string[] = [];
  end: (end: BenchEnd) => void = () => undefined;
  readonly ended = new Promise<BenchEnd>((resolve) => (this.end = resolve));
  onProgress(listener: (progress: BenchProgress) => void) {
    return this.progress.on(listener);
  }
  onPartial(listener: (partial: BenchPartial) => void) {
    return this.partial.on(listener);
  }
  stop() {
    this.told.push('stop');
  }
  kill() {
    this.told.push('kill');
    this.end({ kind: 'failed', reason: say('bench.app-closed') });
  }
}

const BROKE = say('verbatim', { text: 'It broke.' });
/** An outcome, with its refusal in words. */
const worded = (outcome: Outcome) => (outcome.ok ? outcome : { ...outcome, message: render(outcome.message) });

let events: EventLog;
let held: Array<string | null>;
let asked: BenchRequest[];
let child: MadeUpProcess;
let folder: string;
let store: ResultStore;
let tidied: number;
let unstartable: Error | null;
let runs: BenchRuns;
beforeEach(() => {
  events = new EventLog();
  held = [];
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'bench-runs-'));
  store = new ResultStore(join(folder, 'results'));
  tidied = 0;
  unstartable = null;
  runs = new BenchRuns({
    laboratory: { events, hold: (reason: Message) => held.push(render(reason)), release: () => held.push(null) },
    store,
    directory: () => '/run',
    launch: (request) => {
      if (unstartable !== null) throw unstartable;
      asked.push(request);
      child = new MadeUpProcess();
      return child as unknown as BenchProcess;
    },
    tidy: () => (tidied += 1),
  });
});

afterEach(async () => {
  await store.settled();
  rmSync(folder, { recursive: true, force: true });
});

async function ended(end: BenchEnd): Promise<void> {
  child.end(end);
  await child.ended;
  await Promise.resolve();
}

test('asks for what the form says, and for no more', () => {
  expect(runs.start(FORM)).toEqual({ ok: true });
  const { keepLive: _, allRoutes: __, ...request } = FORM;
  expect(asked).toEqual([{ ...request, routes: null, thresholds: [] }]);
});

test('one at a time', () => {
  runs.start(FORM);
  expect(worded(runs.start(FORM))).toEqual({ ok: false, message: expect.stringContaining('running already') });
  expect(asked).toHaveLength(1);
});

test('the live channels rest meanwhile and go on afterwards, with a mark at both ends', async () => {
  runs.start(FORM);
  expect(held).toEqual(['A benchmark is running.']);
  await ended({ kind: 'measured', result: resultWith([{ rtt_ns: {} }]) });
  expect(held).toEqual(['A benchmark is running.', null]);
  expect(events.all.map(({ kind, label }) => [kind, render(label)])).toEqual([
    ['benchmark', 'benchmark began'],
    ['benchmark', 'benchmark ended'],
  ]);
});

test('one that can not be started says so, and the live channels go on', () => {
  unstartable = new Error('spawn EMFILE');
  expect(worded(runs.start(FORM))).toEqual({
    ok: false,
    message: expect.stringMatching(/could not be started: spawn EMFILE/),
  });
  expect(held).toEqual(['A benchmark is running.', null]);
  expect(runs.state).toMatchObject({ kind: 'idle', last: { kind: 'failed' } });
  unstartable = null;
  expect(runs.start(FORM)).toEqual({ ok: true });
});

test('unless they are to go on', () => {
  runs.start({ ...FORM, keepLive: true });
  expect(held).toEqual([]);
});

test('progress, then the result on the shelf under a name', async () => {
  runs.start(FORM);
  child.progress.emit({ number: 2 } as BenchProgress);
  expect(runs.state).toMatchObject({ kind: 'running', stopping: false, progress: { number: 2 } });
  await ended({ kind: 'measured', result: resultWith([{ rtt_ns: {} }, { rtt_ns: null }], true) });
  expect(runs.state).toEqual({ kind: 'idle', last: { kind: 'measured', resultId: 1 } });
  expect(store.summaries).toEqual([
    expect.objectContaining({
      id: 1,
      name: expect.stringMatching(/^\d\d:\d\d:00 · fifo \+ 4$/),
      path: null,
      interrupted: true,
      measured: 1,
      runs: 2,
    }),
  ]);
});

test('figures before the end are there for whoever asks, until the end', async () => {
  const told: BenchPartial[] = [];
  runs.onPartial((partial) => told.push(partial));
  runs.start(FORM);
  const [begun, run] = [resultWith([{ method: 'fifo' }, { method: 'tcp' }]), { method: 'tcp', lost: 1 } as BenchRun];
  child.partial.emit({ begun });
  child.partial.emit({ measured: { index: 1, run } });
  expect(told).toHaveLength(2);
  expect(runs.partial?.runs).toEqual([{ method: 'fifo' }, run]);
  await ended({ kind: 'measured', result: resultWith([{ rtt_ns: {} }]) });
  expect(runs.partial).toBeNull();
});

test('Stop before the first answer leaves no empty result', async () => {
  runs.start(FORM);
  expect(runs.stop()).toEqual({ ok: true });
  expect(runs.state).toMatchObject({ stopping: true });
  await ended({ kind: 'measured', result: resultWith([], true) });
  expect(runs.state).toEqual({ kind: 'idle', last: { kind: 'nothing' } });
  expect(store.summaries).toEqual([]);
});

test('a failure is said, what it left is removed, and the channels go on', async () => {
  runs.start(FORM);
  await ended({ kind: 'failed', reason: BROKE });
  expect(runs.state).toEqual({ kind: 'idle', last: { kind: 'failed', reason: BROKE } });
  expect([tidied, held.at(-1)]).toEqual([1, null]);
  expect(runs.start(FORM)).toEqual({ ok: true });
});

test('nothing to stop', () => {
  expect(worded(runs.stop())).toEqual({ ok: false, message: 'No benchmark is running.' });
});

test('closing: asked to end, and nothing is opened again', async () => {
  runs.start(FORM);
  const closed = runs.shutDown();
  expect(child.told).toEqual(['stop']);
  child.end({ kind: 'measured', result: resultWith([]) });
  await closed;
  expect(held).toEqual(['A benchmark is running.']);
  expect(runs.start(FORM)).toMatchObject({ ok: false });
});
