import process from 'node:process';
import { isMainThread, parentPort as mainThread, Worker } from 'node:worker_threads';
import { keepInspectorShut } from '../../node/own-process';
import type { PortLike } from '../../transports/message-port/port-like';
import { waitByItself } from '../../transports/native/own-wait';
import { serveOneChannel, sleepBetweenMessages } from '../../transports/native/wait';

/** Among a child's arguments: it does its work in a thread of its own. */
export const WORKER_ARGUMENT = '--worker';
/** The same: its messages come seldom. */
export const SELDOM_ARGUMENT = '--seldom';

/** What a child of the benchmark's is told by, and answers: the browser process. */
export interface Parent {
  post(message: object): void;
  onMessage(listener: (data: unknown, ports: readonly PortLike[]) => void): void;
}

/**
 * Runs a child's program in this process's main thread, or in a worker thread of it. A main thread in Electron is woken
 * by way of Chromium's event loop, a worker by its own wait. Its main thread then hands on what is said, and nothing
 * else; ports of Chromium's stay in it.
 *
 * @param url of the child's own entry, which the worker loads again
 */
export function runInThread(url: string, run: (parent: Parent) => void): void {
  serveOneChannel();
  if (process.argv.includes(SELDOM_ARGUMENT)) sleepBetweenMessages();
  if (!isMainThread) {
    waitByItself();
    run(throughMainThread());
  } else if (process.argv.includes(WORKER_ARGUMENT)) relay(new URL(url));
  else run(directly());
}

function directly(): Parent {
  const { parentPort } = process;
  return {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      parentPort.on('message', ({ data, ports }) => listener(data, ports as unknown as PortLike[])),
  };
}

function throughMainThread(): Parent {
  return {
    post: (message) => mainThread?.postMessage(message),
    onMessage: (listener) => mainThread?.on('message', (data: unknown) => listener(data, [])),
  };
}

function relay(url: URL): void {
  const { parentPort } = process;
  keepInspectorShut();
  // Sockets and the addon close the descriptors that they are handed; Node.js would once more at the thread's end.
  const worker = new Worker(url, { argv: process.argv.slice(2), trackUnmanagedFds: false });
  parentPort.on('message', ({ data, ports }) => {
    for (const port of ports) port.close();
    worker.postMessage(data);
  });
  worker.on('message', (message: unknown) => parentPort.postMessage(message));
  worker.on('error', (error) => parentPort.postMessage({ kind: 'failed', reason: error.message }));
  // `process.exit` in a worker ends the thread alone.
  worker.on('exit', (code) => process.exit(code));
}
