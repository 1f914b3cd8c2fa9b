import { answerPings } from '../../transports/answer-pings';
import { connect } from '../../transports/connect';
import { followClock, stampClock } from '../../node/clock';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import type { FromAnswerer, ToAnswerer } from '../protocol';
import { pinSelf } from './pin';

/** The answerer as a plain child of the pinger's. Its stdin and stdout are the channel: nothing is printed here. */

const tell = (message: FromAnswerer) => void process.send?.(message);

async function open({ clock, ticket, cpus }: Extract<ToAnswerer, { kind: 'connect' }>): Promise<void> {
  followClock(clock);
  if (cpus !== null) await pinSelf(cpus);
  const channel = await connect(ticket, []);
  channel.onClose(() => process.exit(0));
  answerPings(channel, (payload) => payload, stampClock);
  tell({ kind: 'connected' });
}

function report(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

process.on('message', (data) => {
  const message = data as ToAnswerer;
  switch (message.kind) {
    case 'connect':
      open(message).catch(report);
      break;
    case 'shutdown':
      process.exit(0);
  }
});
// The parent is gone, or has let go of this process.
process.on('disconnect', () => process.exit(0));
keepInspectorShut();
onUncaught(report);
