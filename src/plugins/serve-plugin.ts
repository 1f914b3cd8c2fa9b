import { FAULTS } from '../shared/faults';
import type { FromChild, ProcessHello, ToChild } from '../shared/control';
import { answerPings } from '../transports/answer-pings';
import type { Channel } from '../transports/channel';
import { connect } from '../transports/connect';
import type { PortLike } from '../transports/message-port/port-like';
import { followClock, nowNs, stampClock } from '../node/clock';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { FrameRouter } from '../transports/utility-post/frame-router';

/** What makes one plugin differ from another: its answer to a ping. */
export interface Plugin {
  /** The payload is valid until this returns; returning it as it is echoes it. */
  respond(payload: Uint8Array): Uint8Array;
}

/** Nothing is ever opened to a process without channels. */
const WITHOUT_CHANNELS: Plugin = { respond: (payload) => payload };

/**
 * Runs a plugin in this utility process: opens the channels that the browser process asks for, and answers on them.
 * The first message on the parent port brings the control port; what follows there are frames of the parent-port
 * transport. A further process of a plugin, which has no channels, calls it with nothing.
 */
export function servePlugin(plugin: Plugin = WITHOUT_CHANNELS): void {
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
    serveControl(plugin, frameRouter, control);
  });
}

/** The same in a process of another kind, whose control messages come by `control`. */
export function serveControl(plugin: Plugin, frameRouter: FrameRouter, control: PortLike): void {
  const channels = new Map<string, Channel>();
  /** The latest opening of each channel: one that was closed, or asked for again, while it was under way is void. */
  const openings = new Map<string, number>();
  const tell = (message: FromChild) => control.postMessage(message);

  async function open(
    { channelId, opening, ticket }: Extract<ToChild, { kind: 'open' }>,
    ports: PortLike[],
  ): Promise<void> {
    close(channelId);
    openings.set(channelId, opening);
    try {
      const channel = await connect(ticket, ports, frameRouter);
      if (openings.get(channelId) !== opening) return channel.close();
      answerPings(channel, (payload) => plugin.respond(payload), stampClock);
      channels.set(channelId, channel);
      tell({ kind: 'opened', channelId, opening });
    } catch (error) {
      if (openings.get(channelId) === opening)
        tell({
          kind: 'open-failed',
          channelId,
          opening,
          reason: error instanceof Error ? error.message : String(error),
        });
    }
  }

  function close(channelId: string): void {
    openings.delete(channelId);
    channels.get(channelId)?.close();
    channels.delete(channelId);
  }

  function rejectedByChannel() {
    return [...channels].map(([channelId, channel]) => ({
      channelId,
      opening: openings.get(channelId) ?? 0,
      count: channel.rejectedTotal,
    }));
  }

  function shutDown(): void {
    for (const channel of channels.values()) channel.close();
    process.exit(0);
  }

  control.on('message', (event) => {
    // Only the browser process, which has made this process, can post here.
    const message = event.data as ToChild;
    switch (message.kind) {
      case 'open':
        void open(message, event.ports ?? []);
        break;
      case 'close':
        close(message.channelId);
        break;
      case 'heartbeat':
        tell({
          kind: 'heartbeat',
          beat: message.beat,
          clock: { atNs: nowNs(), errorNs: 0 },
          rejected: rejectedByChannel(),
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
