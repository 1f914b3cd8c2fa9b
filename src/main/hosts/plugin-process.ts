import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import type { ProcessHello, ToChild } from '../../shared/control';
import { clockOrigin } from '../../node/clock';
import { StderrTail } from '../../node/stderr-tail';
import type { PortLike } from '../../transports/message-port/port-like';
import type { ProcessRegistry } from '../processes/process-registry';
import { StandardOutput } from '../standard-output';
import { onChildGone } from './child-gone';
import { readExitStatus } from './exit-status';
import type { Launch, LaunchedProcess, LaunchEvents } from './launched-process';
import type { ProcessEnd } from './supervised-process';

/** `exit` comes before `child-process-gone`, which alone knows a crash from an exit; wait so long for it. */
const GONE_GRACE_MS = 100;

/** Its end may be told before what it said last has been read. Wait so long: whom it started may hold its pipes open. */
const LAST_WORDS_GRACE_MS = 500;

export const standardError = new StandardOutput(process.stderr);

/** A script as a utility process, which takes its orders over a control port. */
export function utilityLaunch(entry: string, registry: ProcessRegistry, args: string[] = []): Launch {
  return (serviceName, events) =>
    new UtilityPluginProcess(
      utilityProcess.fork(entry, args, { serviceName, stdio: ['ignore', 'inherit', 'pipe'] }),
      serviceName,
      registry,
      events,
    );
}

class UtilityPluginProcess implements LaunchedProcess {
  readonly ended: Promise<ProcessEnd>;
  readonly #child: UtilityProcess;
  readonly #registry: ProcessRegistry;
  /**
   * Everything but frames goes over this port. `UtilityProcess.postMessage` to a child that has aborted, before its
   * `exit` event is out, ends the browser process with a SIGSEGV (seen on Electron 33; compare electron#53923); a port
   * to the dead just drops what is posted.
   */
  readonly #control: MessagePortMain;
  /** Its end has been told: nothing may be posted any more, though what it posted may still come. */
  #ending = false;
  readonly #stderr = new StderrTail();
  /** Kept after its end, which is told of this pid; Electron forgets it. */
  #pid: number | null = null;

  constructor(child: UtilityProcess, serviceName: string, registry: ProcessRegistry, events: LaunchEvents) {
    this.#child = child;
    this.#registry = registry;
    const { port1, port2 } = new MessageChannelMain();
    this.#control = port1;
    const saidAll = Promise.all([
      new Promise((resolve) => port1.on('close', () => resolve(null))),
      this.#hearStandardError(),
    ]);
    this.ended = this.#watchDeath(serviceName).then(async (end) => {
      await within(LAST_WORDS_GRACE_MS, saidAll);
      port1.close();
      return end;
    });
    child.on('spawn', () => {
      this.#pid = child.pid ?? null;
      events.onSpawned();
    });
    child.on('message', (data: unknown) => events.onPosted(data));
    // A fatal V8 error is followed by the exit itself; without a listener it would throw in the browser process.
    child.on('error', () => undefined);
    port1.on('message', ({ data }) => events.onMessage(data));
    port1.on('close', () => {
      this.#ending = true;
    });
    port1.start();
    child.postMessage({ clock: clockOrigin() } satisfies ProcessHello, [port2]);
  }

  get lastWords(): string[] {
    return this.#stderr.lines;
  }

  get pid(): number | null {
    return this.#pid;
  }

  post(message: ToChild, ports: PortLike[]): boolean {
    // Posts to a dead child vanish silently; the probes' time limits and the end settle what was meant for it.
    if (!this.#ending) this.#control.postMessage(message, ports as unknown as MessagePortMain[]);
    return !this.#ending;
  }

  postToParentPort(message: unknown): void {
    // Frames stop with what is posted on the control port: see there.
    if (!this.#ending) this.#child.postMessage(message);
  }

  signal(signal: NodeJS.Signals): boolean {
    // Before it has a pid, Electron's own `kill` alone reaches it; it is a SIGTERM, which a process that starts obeys.
    return this.#pid === null ? this.#child.kill() : this.#registry.signal(this.#pid, signal);
  }

  /** Resolves when nothing more can come. */
  #hearStandardError(): Promise<void> {
    const { stderr } = this.#child;
    return new Promise((resolve) => {
      if (stderr === null) return resolve();
      const listen = () => {
        stderr.on('data', (chunk: Buffer) => {
          this.#stderr.take(chunk);
          // What nobody takes is dropped here: its end is kept.
          standardError.writeFrame(chunk);
        });
        stderr.once('end', resolve);
      };
      listen();
      // Electron takes all listeners off once its `exit` has been told, and what is still in the pipe would go unread.
      this.#child.once('exit', () => process.nextTick(listen));
    });
  }

  /** Puts `exit` (always comes, may misreport) and `child-process-gone` (only for a bad end, knows the reason) together. */
  #watchDeath(serviceName: string): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      const forget = onChildGone(serviceName, ({ reason, exitCode }) => {
        forget();
        this.#ending = true;
        resolve(readExitStatus(reason, exitCode, 'plugin'));
      });
      this.#child.once('exit', (code) => {
        this.#ending = true;
        setTimeout(() => {
          forget();
          resolve(readExitStatus(code === 0 ? 'clean-exit' : 'abnormal-exit', code, 'plugin'));
        }, GONE_GRACE_MS);
      });
    });
  }
}

/** Waits for `promise`, but no longer. */
async function within(limitMs: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))]);
  clearTimeout(timer);
}
