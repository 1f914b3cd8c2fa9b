import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { LineDecoder } from '../../node/line-decoder';
import { StderrTail } from '../../node/stderr-tail';
import { findProgram } from './find-program';
import type { ServerPlan, ServerProcess } from './recipe';

/** Runs a plan's processes in plain Node.js. They end with this process, however it ends, where the system has `setpriv`. */
export class RunningServer {
  readonly url: string;
  readonly #plan: ServerPlan;
  readonly #running = new Map<string, Running>();
  /** Told when one ends that nobody has asked to. */
  onEnd: (name: string, lastWords: string[]) => void = () => undefined;

  constructor(plan: ServerPlan) {
    this.#plan = plan;
    this.url = plan.url;
  }

  /** Starts what isn't running, in order, each once the one before is ready. Throws with the server's last words. */
  async start(): Promise<void> {
    for (const wanted of this.#plan.processes) {
      if (this.#running.get(wanted.name)?.ended === false) continue;
      const running = launch(wanted);
      this.#running.set(wanted.name, running);
      await untilReady(running);
      void running.end.then(() => {
        if (!running.asked) this.onEnd(wanted.name, running.lastWords.lines);
      });
    }
  }

  /** Those that run. */
  get processes(): Array<{ name: string; pid: number }> {
    return this.#plan.processes.flatMap(({ name }) => {
      const pid = this.pid(name);
      return pid === undefined ? [] : [{ name, pid }];
    });
  }

  /** Undefined while it doesn't run. */
  pid(name: string): number | undefined {
    const running = this.#running.get(name);
    return running === undefined || running.ended ? undefined : running.child.pid;
  }

  /** Sends a signal to one process and, if it ends it, waits for that. */
  async kill(name: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#running.get(name);
    if (running === undefined || running.ended) return;
    running.asked = true;
    running.child.kill(signal);
    await running.end;
  }

  /** Asks each to stop, last one first, and ends what doesn't. */
  async stop(): Promise<void> {
    for (const { name, stopTimeoutMs } of this.#plan.processes.toReversed()) {
      const running = this.#running.get(name);
      if (running === undefined || running.ended) continue;
      running.asked = true;
      running.child.kill('SIGTERM');
      const timer = setTimeout(() => running.child.kill('SIGKILL'), stopTimeoutMs);
      await running.end;
      clearTimeout(timer);
    }
  }
}

interface Running {
  wanted: ServerProcess;
  child: ChildProcess;
  ended: boolean;
  /** Its end was asked for here. */
  asked: boolean;
  end: Promise<void>;
  lastWords: StderrTail;
  sawReadyLine: boolean;
}

function launch(wanted: ServerProcess): Running {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  const line = [wanted.file, ...wanted.args];
  const [file, ...args] = setpriv === null ? line : [setpriv, '--pdeathsig', 'TERM', ...line];
  const child = spawn(file as string, args, { env: wanted.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const running: Running = {
    wanted,
    child,
    ended: false,
    asked: false,
    end: once(child, 'close').then(
      () => undefined,
      () => undefined,
    ),
    lastWords: new StderrTail(),
    sawReadyLine: false,
  };
  child.once('exit', () => (running.ended = true));
  child.once('error', (error) => {
    running.ended = true;
    running.lastWords.take(Buffer.from(`${error.message}\n`));
  });
  const { ready } = wanted;
  for (const output of [child.stdout, child.stderr]) {
    const lines = new LineDecoder(1000);
    output?.on('data', (chunk: Buffer) => {
      running.lastWords.take(chunk);
      if ('line' in ready && lines.take(chunk).some((text) => text.includes(ready.line))) running.sawReadyLine = true;
    });
  }
  return running;
}

async function untilReady(running: Running): Promise<void> {
  const { wanted } = running;
  const until = performance.now() + wanted.readyTimeoutMs;
  while (performance.now() < until) {
    if (running.ended) break;
    if ('port' in wanted.ready ? await takesConnection(wanted.ready.port) : running.sawReadyLine) return;
    await delay(20);
  }
  const what = running.ended ? 'ended before it was ready' : `was not ready after ${wanted.readyTimeoutMs / 1000} s`;
  running.asked = true;
  running.child.kill('SIGKILL');
  throw new Error(`${wanted.name} ${what}. Its last words:\n${running.lastWords.lines.join('\n')}`);
}

function takesConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
