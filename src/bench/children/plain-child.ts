import { type ChildProcess, spawn } from 'node:child_process';
import type { Ticket } from '../../shared/control';
import { clockOrigin } from '../../node/clock';
import type { FromAnswerer, ToAnswerer } from '../protocol';

/**
 * A plain process of the same runtime, as any program would start one: its stdin and stdout are piped for whoever wants
 * them, and what it is told goes over Node's own channel beside them. It ends with its parent, however that ends.
 */
export class PlainChild {
  readonly process: ChildProcess;
  #forgotten = false;

  /** `onDeath` hears of an end that nobody wanted. */
  constructor(entry: string, onDeath: (error: Error) => void) {
    this.process = spawn(process.execPath, [entry], {
      stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
      // The default would make numbers in a list of the ticket's bytes.
      serialization: 'advanced',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    this.process.once('exit', (code, signal) => {
      if (!this.#forgotten)
        onDeath(
          new Error(`The child process that answers ended unexpectedly with ${signal ?? `code ${String(code)}`}.`),
        );
    });
    this.process.once('error', (error) =>
      onDeath(new Error(`The child process that answers could not be started: ${error.message}`)),
    );
  }

  /** Resolves when it answers. Rejects with its own reason when it can't; its death `onDeath` hears of. */
  connect(ticket: Ticket, cpus: number[] | null): Promise<void> {
    const order: ToAnswerer = { kind: 'connect', clock: clockOrigin(), ticket, cpus };
    return new Promise((resolve, reject) => {
      this.process.once('message', (data) => {
        const message = data as FromAnswerer;
        if (message.kind === 'failed') reject(new Error(message.reason));
        else resolve();
      });
      this.process.send(order, (error) => {
        if (error !== null) reject(error);
      });
    });
  }

  /** Its end is wanted from now on. */
  forget(): void {
    this.#forgotten = true;
  }
}
