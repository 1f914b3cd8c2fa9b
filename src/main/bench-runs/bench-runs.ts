import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withPartial } from '../../shared/bench/partial';
import type { BenchPartial } from '../../shared/bench/progress';
import type { BenchRequest } from '../../shared/bench/request';
import type { BenchResult } from '../../shared/bench/schema';
import { type BenchForm, requestOf } from '../../shared/bench-window/form';
import type { BenchRunState, LastRun } from '../../shared/bench-window/view';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import type { Outcome } from '../../shared/ipc-contract';
import { type Message, saidBy, say } from '../../shared/messages/message';
import type { Laboratory } from '../laboratory';
import type { BenchEnd, BenchProcess } from './bench-process';
import { traceFileOf } from './launch';
import type { ResultStore } from './result-store';

/** When the application closes, a benchmark has so long to end in order. */
const GRACE_PERIOD_MS = 2500;

export interface BenchRunsOptions {
  laboratory: Pick<Laboratory, 'hold' | 'release' | 'events'>;
  store: ResultStore;
  /** Starts the benchmark's application. */
  launch: (request: BenchRequest, resultFile: string) => BenchProcess;
  /** The run directory: results pass through it. */
  directory: () => string;
  /** Called after each: one that is killed while it tidies up after itself leaves folders, though it has a result. */
  tidy: () => void;
}

/** Benchmarks of this session, one at a time. Meanwhile the live channels rest, unless the person wants them to go on. */
export class BenchRuns {
  readonly #options: BenchRunsOptions;
  readonly #changed = new Emitter<void>();
  readonly #partially = new Emitter<BenchPartial>();
  #state: BenchRunState = { kind: 'idle', last: { kind: 'none' } };
  #running: BenchProcess | null = null;
  #partial: BenchResult | null = null;
  #count = 0;
  /** Of the newest run that came to a result. */
  #trace: { resultId: number; path: string } | null = null;
  #closing = false;

  constructor(options: BenchRunsOptions) {
    this.#options = options;
  }

  get state(): BenchRunState {
    return this.#state;
  }

  /** What the run that is under way has measured so far; null between runs. */
  get partial(): BenchResult | null {
    return this.#partial;
  }

  /** Where the trace of this result lies; null when it isn't the newest of this session. */
  traceOf(resultId: number): string | null {
    return this.#trace?.resultId === resultId ? this.#trace.path : null;
  }

  onPartial(listener: (partial: BenchPartial) => void): Unsubscribe {
    return this.#partially.on(listener);
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  start(form: BenchForm): Outcome {
    if (this.#running !== null || this.#closing) return { ok: false, message: say('bench.running-already') };
    const { laboratory } = this.#options;
    const { keepLive } = form;
    laboratory.events.add(
      'benchmark',
      null,
      say('event.benchmark-began'),
      say(keepLive ? 'event.benchmark-live-goes-on' : 'event.benchmark-live-rests', { methods: form.methods }),
    );
    if (!keepLive) laboratory.hold(say('channel.benchmark'));
    const running = this.#launch(form);
    if (!(running instanceof Error)) return this.#follow(form, running);
    // Nothing of it is there to end.
    const reason = say('bench.not-launched', { cause: saidBy(running) });
    this.#ended(form, { kind: 'failed', reason });
    return { ok: false, message: reason };
  }

  #launch(form: BenchForm): BenchProcess | Error {
    this.#count += 1;
    try {
      return this.#options.launch(requestOf(form), this.#resultFile());
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #resultFile(): string {
    return join(this.#options.directory(), `bench-${this.#count}.json`);
  }

  #follow(form: BenchForm, running: BenchProcess): Outcome {
    const { keepLive } = form;
    this.#running = running;
    this.#set({ kind: 'running', startedAtMs: Date.now(), keepLive, stopping: false, progress: null });
    running.onProgress((progress) => {
      if (this.#state.kind === 'running') this.#set({ ...this.#state, progress });
    });
    running.onPartial((partial) => {
      this.#partial = withPartial(this.#partial, partial);
      this.#partially.emit(partial);
    });
    void running.ended.then((end) => this.#ended(form, end));
    return { ok: true };
  }

  /** Ends it with what was measured so far; a second time, at once. */
  stop(): Outcome {
    if (this.#running === null || this.#state.kind !== 'running')
      return { ok: false, message: say('bench.none-running') };
    this.#running.stop();
    this.#set({ ...this.#state, stopping: true });
    return { ok: true };
  }

  /** Resolves when no process of a benchmark is left. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    const running = this.#running;
    if (running === null) return;
    if (this.#state.kind === 'running' && !this.#state.stopping) running.stop();
    const limit = setTimeout(() => running.kill(say('bench.app-closed')), GRACE_PERIOD_MS);
    await running.ended;
    clearTimeout(limit);
  }

  #ended(form: BenchForm, end: BenchEnd): void {
    this.#running = null;
    this.#partial = null;
    this.#options.tidy();
    // Nothing is to be opened again on the way out.
    if (this.#closing) return;
    const { laboratory } = this.#options;
    laboratory.events.add('benchmark', null, say('event.benchmark-ended'), detailOf(end));
    laboratory.release();
    this.#set({ kind: 'idle', last: this.#keep(form, end) });
  }

  #keep({ methods }: BenchForm, end: BenchEnd): LastRun {
    if (end.kind === 'failed') return end;
    // After a Stop before the first answer there is nothing to look at.
    if (end.result.runs.length === 0) return { kind: 'nothing' };
    // The time first: a name that is cut short still differs from the others.
    const name = `${new Date(end.result.environment.began_at).toTimeString().slice(0, 8)} · ${shortList(methods)}`;
    const resultId = this.#options.store.add(name, null, end.result);
    // It may be large, and lies in the temporary folder: one is enough.
    if (this.#trace !== null) void rm(this.#trace.path, { force: true }).catch(() => undefined);
    this.#trace = { resultId, path: traceFileOf(this.#resultFile()) };
    return { kind: 'measured', resultId };
  }

  #set(state: BenchRunState): void {
    this.#state = state;
    this.#changed.emit();
  }
}

function detailOf(end: BenchEnd): Message {
  if (end.kind === 'failed') return end.reason;
  return say(end.result.environment.interrupted ? 'event.benchmark-stopped' : 'event.benchmark-complete');
}

/** `fifo`, `fifo, tcp`, `fifo + 4` */
function shortList(names: readonly string[]): string {
  return names.length <= 2 ? names.join(', ') : `${names[0]} + ${names.length - 1}`;
}
