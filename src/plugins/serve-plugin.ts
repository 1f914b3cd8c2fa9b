import type { FromChild, ToChild } from '../shared/control';
import { answerPings } from '../transports/answer-pings';
import type { Channel } from '../transports/channel';
import { connect } from '../transports/connect';
import type { PortLike } from '../transports/message-port/port-like';

/** What makes one plugin differ from another: its answer to a ping. */
export interface Plugin {
  /** The payload is valid until this returns; returning it as it is echoes it. */
  respond(payload: Uint8Array): Uint8Array;
}

/** Runs a plugin in this utility process: opens the channels that the browser process asks for, and answers on them. */
export function servePlugin(plugin: Plugin): void {
  const parent = process.parentPort;
  const channels = new Map<string, Channel>();
  const tell = (message: FromChild) => parent.postMessage(message);

  async function open(channelId: string, ticket: Extract<ToChild, { kind: 'open' }>['ticket'], ports: PortLike[]): Promise<void> {
    try {
      channels.get(channelId)?.close();
      const channel = await connect(ticket, ports);
      answerPings(channel, (payload) => plugin.respond(payload));
      channels.set(channelId, channel);
      tell({ kind: 'opened', channelId });
    } catch (error) {
      tell({ kind: 'open-failed', channelId, reason: error instanceof Error ? error.message : String(error) });
    }
  }

  function shutDown(): void {
    for (const channel of channels.values()) channel.close();
    process.exit(0);
  }

  parent.on('message', (event) => {
    // Only the browser process, which has made this process, can post here.
    const message = event.data as ToChild;
    switch (message.kind) {
      case 'open':
        void open(message.channelId, message.ticket, event.ports as unknown as PortLike[]);
        break;
      case 'close':
        channels.get(message.channelId)?.close();
        channels.delete(message.channelId);
        break;
      case 'heartbeat':
        tell({ kind: 'heartbeat', beat: message.beat, rejected: rejectedBy(channels) });
        break;
      case 'hang':
        hang(message.durationMs);
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
  tell({ kind: 'ready' });
}

function rejectedBy(channels: ReadonlyMap<string, Channel>): Record<string, number> {
  return Object.fromEntries([...channels].map(([id, channel]) => [id, channel.rejectedTotal]));
}

function hang(durationMs: number): void {
  const until = performance.now() + durationMs;
  while (performance.now() < until);
}
