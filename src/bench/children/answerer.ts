import { answerPings } from '../../transports/answer-pings';
import type { Channel } from '../../transports/channel';
import { connect } from '../../transports/connect';
import type { PortLike } from '../../transports/message-port/port-like';
import type { FromAnswerer, ToAnswerer } from '../protocol';
import { serveOneChannel } from '../../transports/native/wait';
import { followClock } from '../../node/clock';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import { pinSelf } from './pin';

/** The process that answers every ping with its own payload, as the echo plugin does. It takes no time. */

const parent = process.parentPort;
const tell = (message: FromAnswerer) => parent.postMessage(message);
let channel: Channel | null = null;
serveOneChannel();

async function open(
  { clock, ticket, cpus }: Extract<ToAnswerer, { kind: 'connect' }>,
  ports: PortLike[],
): Promise<void> {
  followClock(clock);
  if (cpus !== null) await pinSelf(cpus);
  channel = await connect(ticket, ports);
  answerPings(channel, (payload) => payload);
  tell({ kind: 'connected' });
}

function report(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

parent.on('message', (event) => {
  const message = event.data as ToAnswerer;
  switch (message.kind) {
    case 'connect':
      open(message, event.ports as unknown as PortLike[]).catch(report);
      break;
    case 'shutdown':
      channel?.close();
      process.exit(0);
  }
});
keepInspectorShut();
onUncaught(report);
tell({ kind: 'ready' });
