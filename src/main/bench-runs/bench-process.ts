import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchProgress } from '../../shared/bench/progress';
import type { BenchResult } from '../../shared/bench/schema';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { type Message, say } from '../../shared/messages/message';
import type { OwnedProcess, ProcessRegistry } from '../processes/process-registry';
import { type BenchLaunch, LIFELINE_FD, PROGRESS_FD } from './launch';
import { ProgressLines } from './progress-lines';
import { readResult } from './read-result';
import { describeEnd, LastErrorLine, type ProcessEnd } from './why-ended';

export interface BenchLimits {
  /** It says that it is alive every second, but for while it computes the figures of millions of samples. */
  silenceMs: number;
  /** From Stop to its end. It sets itself 10 s. */
  stopMs: number;
  /** What it may leave behind in its process group is ended after so long. */
  stragglersMs: number;
}

const LIMITS: BenchLimits = { silenceMs: 60_000, stopMs: 15_000, stragglersMs: 2000 };

/** A death has no result: it is data all the same. */
export type BenchEnd = { kind: 'measured'; result: BenchResult } | { kind: 'failed'; reason: Message };

/**
 * The benchmark in an application of its own, and in a process group of its own: whatever becomes of it, nothing of it
 * is left and this process goes on. It ends by itself when this process dies, however it dies: its lifeline closes.
 */
export class BenchProcess {
  /** Never rejects. When it resolves every process of the benchmark is gone. */
  readonly ended: Promise<BenchEnd>;
  readonly #child: ChildProcess;
  readonly #limits: BenchLimits;
  readonly #processes: ProcessRegistry;
  /** Null when it could not be started. */
  readonly #entry: OwnedProcess | null;
  readonly #progress = new Emitter<BenchProgress>();
  readonly #lastErrorLine = new LastErrorLine();
  #silence: NodeJS.Timeout | null = null;
  #stopping: NodeJS.Timeout | null = null;
  /** Why this side killed it, or null. */
  #killedFor: Message | null = null;

  constructor(launch: BenchLaunch, processes: ProcessRegistry, limits: Partial<BenchLimits> = {}) {
    this.#processes = processes;
    this.#limits = { ...LIMITS, ...limits };
    this.#child = spawn(launch.executable, launch.args, {
      env: launch.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    // At once: an error that nobody listens to would end this process.
    const exited = this.#exited();
    const { pid } = this.#child;
    this.#entry =
      pid === undefined ? null : processes.enter({ pid, kind: 'benchmark', name: 'Benchmark', isChild: true });
    const lines = new ProgressLines((progress) => this.#progress.emit(progress));
    // The lifeline is held until it is to end.
    for (const fd of [LIFELINE_FD, PROGRESS_FD]) this.#pipe(fd)?.on('error', () => undefined);
    this.#pipe(PROGRESS_FD)?.on('data', (chunk: Buffer) => {
      this.#heard();
      lines.take(chunk);
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#lastErrorLine.take(chunk));
    this.#heard();
    this.ended = this.#follow(exited, launch.resultFile);
  }

  onProgress(listener: (progress: BenchProgress) => void): Unsubscribe {
    return this.#progress.on(listener);
  }

  /** As Ctrl+C: it ends with what it has measured so far. Once more, and it ends at once. */
  stop(): void {
    if (this.#stopping !== null) return this.kill(say('bench.stopped-twice'));
    this.#stopping = setTimeout(
      () => this.kill(say('bench.did-not-stop', { limitMs: this.#limits.stopMs })),
      this.#limits.stopMs,
    );
    // It ends in order, as when this process had died. Not a signal: on Windows that would be its death.
    this.#pipe(LIFELINE_FD)?.destroy();
  }

  kill(reason: Message): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#killedFor ??= reason;
    this.#signalGroup('SIGKILL');
  }

  async #follow(exited: Promise<ProcessEnd>, resultFile: string): Promise<BenchEnd> {
    const end = await exited;
    for (const timer of [this.#silence, this.#stopping]) if (timer !== null) clearTimeout(timer);
    await this.#endStragglers();
    if (this.#entry !== null) this.#processes.leave(this.#entry);
    for (const stream of this.#child.stdio ?? []) stream?.destroy();
    // The file is written whole or not at all, so a result counts whatever the exit code says.
    const read = await readResult(resultFile);
    if (read.kind === 'read') return { kind: 'measured', result: read.result };
    return { kind: 'failed', reason: describeEnd(end, this.#killedFor, this.#lastErrorLine.last) };
  }

  #exited(): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => resolve({ kind: 'not-started', cause: error.message }));
      // Not `close`: what is left of it may hold the pipes open.
      this.#child.once('exit', (code, signal) => resolve({ kind: 'exited', code, signal }));
    });
  }

  async #endStragglers(): Promise<void> {
    const deadlineMs = performance.now() + this.#limits.stragglersMs;
    while (this.#signalGroup(0)) {
      if (performance.now() > deadlineMs) {
        this.#signalGroup('SIGKILL');
        return;
      }
      await delay(25);
    }
  }

  /** False when there is nobody to signal. */
  #signalGroup(signal: NodeJS.Signals | 0): boolean {
    return this.#entry !== null && this.#processes.signalGroup(this.#entry, signal);
  }

  #heard(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#silence = setTimeout(
      () => this.kill(say('bench.silent', { limitMs: this.#limits.silenceMs })),
      this.#limits.silenceMs,
    );
  }

  /** Undefined when this process had no descriptors left to make one: then the child has not started either. */
  #pipe(descriptor: number): Readable | undefined {
    return this.#child.stdio?.[descriptor] as Readable | undefined;
  }
}
