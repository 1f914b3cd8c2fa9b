import { answerPings } from '../../transports/answer-pings';
import type { Channel } from '../../transports/channel';
import { connect } from '../../transports/connect';
import type { PortLike } from '../../transports/message-port/port-like';
import type { FromAnswerer, ToAnswerer } from '../protocol';
import { followClock, stampClock } from '../../node/clock';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import { pinSelf } from './pin';
import { type Parent, runInThread } from './thread';

/** The process that answers every ping with its own payload, as the echo plugin does. It takes no time. */

let parent: Parent | null = null;
const tell = (message: FromAnswerer) => parent?.post(message);
let channel: Channel | null = null;

async function open(
  { clock, ticket, cpus }: Extract<ToAnswerer, { kind: 'connect' }>,
  ports: PortLike[],
): Promise<void> {
  followClock(clock);
  if (cpus !== null) await pinSelf(cpus);
  channel = await connect(ticket, ports);
  answerPings(channel, (payload) => payload, stampClock);
  tell({ kind: 'connected' });
}

function report(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function receive(data: unknown, ports: readonly PortLike[]): void {
  const message = data as ToAnswerer;
  switch (message.kind) {
    case 'connect':
      open(message, [...ports]).catch(report);
      break;
    case 'shutdown':
      channel?.close();
      process.exit(0);
  }
}

runInThread(import.meta.url, (found) => {
  parent = found;
  parent.onMessage(receive);
  keepInspectorShut();
  onUncaught(report);
  tell({ kind: 'ready' });
});
