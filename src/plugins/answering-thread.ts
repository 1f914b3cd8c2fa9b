import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { ClockOrigin } from '../shared/clock';
import { clockOrigin, followClock } from '../node/clock';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { waitByItself } from '../transports/native/own-wait';
import { sleepBetweenMessages } from '../transports/native/wait';
import { ChannelAnswers, type Open, type OpenAnswer, type Rejected } from './channel-answers';
import type { Plugin } from './plugin';

/**
 * The thread of a plugin's process that answers over kernel transports. A main thread of Electron's is woken by way of
 * Chromium's event loop, and shares its time with whatever else it is asked; this one sleeps on its channels and does
 * nothing but answer. It loads the plugin's entry again: a plugin's state is once per thread. Control, heartbeats, faults
 * and everything of Chromium's stay on the main thread: hung, it is shown as hung, though this thread goes on.
 */

/** What the thread is told. Its answers are those of the process. */
type ToThread =
  /** `rejected` is one number that both threads see: frames that the channel has rejected. */
  { order: Open; rejected: SharedArrayBuffer } | { kind: 'close'; channelId: string } | { kind: 'shutdown' };

const STANDARD_ERROR = 2;

interface OpenChannel {
  opening: number;
  isOpen: boolean;
  rejected: Int32Array;
}

/** The main thread's hold on it. The thread starts with the first channel. */
export class AnsweringThread {
  readonly #entry: string;
  readonly #tell: (answer: OpenAnswer) => void;
  readonly #channels = new Map<string, OpenChannel>();
  #worker: Worker | null = null;

  /** @param entry the script of this process, which the thread loads again */
  constructor(entry: string, tell: (answer: OpenAnswer) => void) {
    this.#entry = entry;
    this.#tell = tell;
  }

  open(order: Open): void {
    const rejected = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#channels.set(order.channelId, { opening: order.opening, isOpen: false, rejected: new Int32Array(rejected) });
    this.#worker ??= this.#start();
    this.#post({ order, rejected });
  }

  close(channelId: string): void {
    if (this.#channels.delete(channelId)) this.#post({ kind: 'close', channelId });
  }

  get rejected(): Rejected[] {
    return [...this.#channels]
      .filter(([, { isOpen }]) => isOpen)
      .map(([channelId, { opening, rejected }]) => ({ channelId, opening, count: Atomics.load(rejected, 0) }));
  }

  /** Has the thread close what it has open, then ends the process. Whoever asked for it waits no longer than a limit. */
  shutDown(): void {
    if (this.#worker === null) process.exit(0);
    this.#post({ kind: 'shutdown' });
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(pathToFileURL(this.#entry), {
      workerData: clockOrigin(),
      // Sockets and the addon close the descriptors that they are handed; Node.js would once more at the thread's end.
      trackUnmanagedFds: false,
    });
    worker.on('message', (answer: OpenAnswer) => {
      const channel = this.#channels.get(answer.channelId);
      // Closed meanwhile, or asked for again.
      if (channel?.opening !== answer.opening) return;
      if (answer.kind === 'opened') channel.isOpen = true;
      else this.#channels.delete(answer.channelId);
      this.#tell(answer);
    });
    // One that doesn't start, or runs out of memory.
    worker.on('error', (error) => {
      console.error(error);
      process.exit(1);
    });
    // `process.exit` in a worker ends the thread alone. A plugin that can't answer any more has ended.
    worker.on('exit', (code) => process.exit(code));
    return worker;
  }
}

/** Runs in the thread itself: answers on the channels that the main thread asks for. */
export function answerInThread(plugin: Plugin): void {
  keepInspectorShut();
  onUncaught((error) => {
    // At once: what `console` says in a worker goes by way of the main thread, too late for an end.
    writeSync(STANDARD_ERROR, `${inspect(error)}\n`);
    process.exit(1);
  });
  followClock(workerData as ClockOrigin);
  waitByItself();
  sleepBetweenMessages();
  const answers = new ChannelAnswers(plugin, (answer) => parentPort?.postMessage(answer));
  parentPort?.on('message', (message: ToThread) => {
    if ('order' in message) {
      const rejected = new Int32Array(message.rejected);
      void answers.open(message.order, [], (count) => Atomics.store(rejected, 0, count));
    } else if (message.kind === 'close') {
      answers.close(message.channelId);
    } else {
      answers.closeAll();
      process.exit(0);
    }
  });
}
