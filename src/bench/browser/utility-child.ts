import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { Thread } from '../../shared/bench/request';
import { SELDOM_ARGUMENT, WORKER_ARGUMENT } from '../children/thread';
import { ChildTalk } from './child-talk';
import { say } from '../../shared/messages/message';

const SHUTDOWN_LIMIT_MS = 1500;

/** How the ends of a step live and wait. */
export interface ChildOptions {
  thread: Thread;
  /** Their messages come seldom: see `sleepBetweenMessages`. */
  seldom: boolean;
}

/** One of the benchmark's utility processes. */
export class UtilityChild<To extends { kind: string }, From extends { kind: string }> {
  readonly talk: ChildTalk<From>;
  readonly #process: UtilityProcess;

  constructor(entry: string, name: string, { thread, seldom }: ChildOptions) {
    this.talk = new ChildTalk(name);
    // Standard output is the report's alone.
    const options = [...(thread === 'worker' ? [WORKER_ARGUMENT] : []), ...(seldom ? [SELDOM_ARGUMENT] : [])];
    this.#process = utilityProcess.fork(entry, options, {
      serviceName: `bench:${name}`,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#process.on('message', (data: unknown) => this.talk.receive(data as From));
    // A fatal V8 error is followed by the exit itself; without a listener it would throw here.
    this.#process.on('error', () => undefined);
    this.#process.once('exit', (code) => this.talk.gone(say('child.exited', { exitCode: code })));
  }

  get pid(): number | null {
    return this.#process.pid ?? null;
  }

  post(message: To | object, ports: MessagePortMain[] = []): void {
    if (!this.talk.ended) this.#process.postMessage(message, ports);
  }

  /** Asks it to end, waits up to a limit, then kills it. Resolves when it is gone. */
  async end(): Promise<void> {
    if (this.talk.ended) return;
    const gone = new Promise<void>((resolve) => this.talk.onGone(resolve));
    this.post({ kind: 'shutdown' });
    const limit = setTimeout(() => {
      // Not `kill()`: a child that hangs would keep the SIGTERM waiting.
      if (this.#process.pid !== undefined) process.kill(this.#process.pid, 'SIGKILL');
    }, SHUTDOWN_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  }
}
