import type { ToChild } from '../../shared/control';
import { Program, type ProgramEnd, type ProgramSpec } from '../../node/program';
import type { ProcessRegistry } from '../processes/process-registry';
import type { Launch, LaunchedProcess, LaunchEvents } from './launched-process';
import type { ProcessEnd } from './supervised-process';

/** Signals by which a program ends itself, or the kernel ends it for a fault. */
const FAULTS = new Set<NodeJS.Signals>(['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGSYS', 'SIGTRAP']);

/** An executable. `onOutput` gets what it writes. It has no control port: what can be said by a signal is. */
export function programLaunch(spec: ProgramSpec, registry: ProcessRegistry, onOutput: (chunk: Buffer) => void): Launch {
  return (_serviceName, events) => new ProgramProcess(spec, registry, events, onOutput);
}

class ProgramProcess implements LaunchedProcess {
  readonly ended: Promise<ProcessEnd>;
  readonly #program: Program;
  readonly #registry: ProcessRegistry;

  constructor(spec: ProgramSpec, registry: ProcessRegistry, events: LaunchEvents, onOutput: (chunk: Buffer) => void) {
    this.#registry = registry;
    this.#program = new Program(spec, { onReady: () => events.onMessage({ kind: 'ready' }), onOutput });
    this.ended = this.#program.ended.then(readEnd);
  }

  get pid(): number | null {
    return this.#program.pid;
  }

  get lastWords(): string[] {
    return this.#program.lastWords;
  }

  post(message: ToChild): boolean {
    switch (message.kind) {
      case 'crash':
        return this.signal('SIGABRT');
      case 'shutdown':
        return this.signal('SIGTERM');
      case 'open':
      case 'close':
      case 'heartbeat':
      case 'fault':
      case 'figures':
        return false;
    }
  }

  postToParentPort(): void {}

  signal(signal: NodeJS.Signals): boolean {
    return this.#registry.signal(this.pid, signal);
  }
}

function readEnd(end: ProgramEnd): ProcessEnd {
  if (end.kind === 'not-started') return { reason: 'launch-failed', exitCode: null, signal: null };
  if (end.signal !== null)
    return { reason: FAULTS.has(end.signal) ? 'crashed' : 'killed', exitCode: null, signal: end.signal };
  return { reason: end.code === 0 ? 'clean-exit' : 'abnormal-exit', exitCode: end.code, signal: null };
}
