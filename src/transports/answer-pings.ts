import type { Unsubscribe } from '../shared/emitter';
import type { Channel } from './channel';

/**
 * Answers every ping on `channel` with a pong of the same sequence number. `respond` gets the ping's payload, valid
 * until it returns, and gives the pong's. A pong that a full queue refuses is dropped: the pinging side counts it lost.
 */
export function answerPings(channel: Channel, respond: (payload: Uint8Array) => Uint8Array): Unsubscribe {
  return channel.onFrame((frame) => {
    if (frame.type === 'ping') channel.send('pong', frame.sequence, respond(frame.payload));
  });
}
