import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { Emitter, type Unsubscribe } from '../../shared/emitter';

/** How long a child may take for each thing it is asked, apart from measuring. */
export const STEP_LIMIT_MS = 10_000;
const SHUTDOWN_LIMIT_MS = 1500;

/** One of the benchmark's utility processes. Nobody waits for it longer than it lives. */
export class UtilityChild<To extends { kind: string }, From extends { kind: string }> {
  readonly #name: string;
  readonly #process: UtilityProcess;
  readonly #messages = new Emitter<From>();
  readonly #ended = new Emitter<Error>();
  #end: Error | null = null;

  constructor(entry: string, name: string) {
    this.#name = name;
    // Standard output is the report's alone.
    this.#process = utilityProcess.fork(entry, [], {
      serviceName: `bench:${name}`,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#process.on('message', (data: unknown) => this.#messages.emit(data as From));
    // A fatal V8 error is followed by the exit itself; without a listener it would throw here.
    this.#process.on('error', () => undefined);
    this.#process.once('exit', (code) => {
      this.#end = new Error(`The ${name} ended unexpectedly with code ${code}.`);
      this.#ended.emit(this.#end);
    });
  }

  onMessage(listener: (message: From) => void): Unsubscribe {
    return this.#messages.on(listener);
  }

  post(message: To | object, ports: MessagePortMain[] = []): void {
    if (this.#end === null) this.#process.postMessage(message, ports);
  }

  /** The next message of this kind. Rejects when the child says `failed`, ends, or takes too long. */
  expect<K extends From['kind']>(kind: K, limitMs: number | null = STEP_LIMIT_MS): Promise<Extract<From, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const undo: Array<() => void> = [];
      const settle = (act: () => void) => {
        for (const step of undo) step();
        act();
      };
      if (this.#end !== null) {
        reject(this.#end);
        return;
      }
      undo.push(
        this.onMessage((message) => {
          if (message.kind === kind) settle(() => resolve(message as Extract<From, { kind: K }>));
          else if (message.kind === 'failed')
            settle(() => reject(new Error((message as unknown as { reason: string }).reason)));
        }),
        this.#ended.on((error) => settle(() => reject(error))),
      );
      if (limitMs === null) return;
      const timer = setTimeout(
        () => settle(() => reject(new Error(`The ${this.#name} did not get to “${kind}” within ${limitMs / 1000} s.`))),
        limitMs,
      );
      undo.push(() => clearTimeout(timer));
    });
  }

  /** Asks it to end, waits up to a limit, then kills it. Resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#end !== null) return;
    const gone = new Promise<void>((resolve) => this.#ended.on(() => resolve()));
    this.post({ kind: 'shutdown' });
    const limit = setTimeout(() => {
      // Not `kill()`: a child that hangs would keep the SIGTERM waiting.
      if (this.#process.pid !== undefined) process.kill(this.#process.pid, 'SIGKILL');
    }, SHUTDOWN_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  }
}
