import { isMainThread } from 'node:worker_threads';
import { FAULTS } from '../shared/faults';
import type { FromChild, ProcessHello, ToChild } from '../shared/control';
import { TRANSPORTS } from '../shared/transport-catalog';
import type { PortLike } from '../transports/message-port/port-like';
import { followClock, nowNs } from '../node/clock';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { FrameRouter } from '../transports/utility-post/frame-router';
import { answerInThread, AnsweringThread } from './answering-thread';
import { ChannelAnswers, type Open } from './channel-answers';
import type { Plugin } from './plugin';

/** Nothing is ever opened to a process without channels. */
const WITHOUT_CHANNELS: Plugin = { respond: (payload) => payload };

/**
 * Runs a plugin in this utility process: opens the channels that the browser process asks for, and answers on them.
 * The first message on the parent port brings the control port; what follows there are frames of the parent-port
 * transport. A further process of a plugin, which has no channels, calls it with nothing. In the process's answering
 * thread, which loads the same script, it serves that.
 */
export function servePlugin(plugin: Plugin = WITHOUT_CHANNELS): void {
  if (!isMainThread) return answerInThread(plugin);
  keepInspectorShut();
  onUncaught((error) => {
    console.error(error);
    process.exit(1);
  });
  const parent = process.parentPort;
  const frameRouter = new FrameRouter((message) => parent.postMessage(message));
  parent.on('message', (event) => {
    if (frameRouter.take(event.data)) return;
    const control = event.ports[0] as unknown as PortLike | undefined;
    if (control === undefined) return;
    followClock((event.data as ProcessHello).clock);
    serveControl(plugin, frameRouter, control, process.argv[1]);
  });
}

/**
 * The same in a process of another kind, whose control messages come by `control`.
 *
 * @param entry the script to load again in a thread that answers over kernel transports; without it, this thread does
 */
export function serveControl(plugin: Plugin, frameRouter: FrameRouter, control: PortLike, entry?: string): void {
  const tell = (message: FromChild) => control.postMessage(message);
  const here = new ChannelAnswers(plugin, tell, frameRouter);
  const thread = entry === undefined ? null : new AnsweringThread(entry, tell);

  function open(order: Open, ports: readonly PortLike[]): void {
    close(order.channelId);
    if (thread !== null && TRANSPORTS[order.ticket.transport].mainThreadOnly !== true) thread.open(order);
    else void here.open(order, ports);
  }

  function close(channelId: string): void {
    here.close(channelId);
    thread?.close(channelId);
  }

  function shutDown(): void {
    here.closeAll();
    if (thread === null) process.exit(0);
    thread.shutDown();
  }

  control.on('message', (event) => {
    // Only the browser process, which has made this process, can post here.
    const message = event.data as ToChild;
    switch (message.kind) {
      case 'open':
        open(message, event.ports ?? []);
        break;
      case 'close':
        close(message.channelId);
        break;
      case 'heartbeat':
        tell({
          kind: 'heartbeat',
          beat: message.beat,
          clock: { atNs: nowNs(), errorNs: 0 },
          rejected: [...here.rejected, ...(thread?.rejected ?? [])],
        });
        break;
      case 'fault':
        FAULTS[message.fault](message.durationMs);
        break;
      case 'crash':
        process.abort();
        break;
      case 'shutdown':
        shutDown();
        break;
      case 'figures':
        break;
    }
  });
  process.on('exit', () => tell({ kind: 'exiting' }));
  control.start();
  tell({ kind: 'ready' });
}
