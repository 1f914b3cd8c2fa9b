import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import type { FrameRouter } from './frame-router';

const info = { ...TRANSPORTS['utility-post'], id: 'utility-post' as const };

/** No meeting place of its own: the parent port is there as long as the utility process is. Channels share it by address. */
export const utilityPostTransport: Transport<'utility-post'> = {
  info,
  availability: () => ({ available: true }),
  async listen({ name, frameRouter }) {
    const runKey = newRunKey();
    return {
      ticket: { transport: 'utility-post', runKey, address: name },
      ports: [],
      channel: new Channel(info, parentPortLink(frameRouter, name), runKey),
    };
  },
  async connect(ticket, _ports, frameRouter) {
    return new Channel(info, parentPortLink(frameRouter, ticket.address), ticket.runKey);
  },
};

/**
 * Bytes are copied, never transferred, for the same reasons as on a message port. Messages to a dead child vanish
 * without a word: the supervisor tells of its death.
 */
function parentPortLink(frameRouter: FrameRouter | undefined, address: string): Link {
  if (frameRouter === undefined) throw new MessageError(say('transport.no-parent-port'));
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  // What isn't bytes is no frame: an empty message counts as truncated instead of throwing.
  const leave = frameRouter.receive(address, (data) =>
    bytes.emit(data instanceof Uint8Array ? data : new Uint8Array(0)),
  );
  let open = true;
  return {
    send(frame) {
      if (!open) return 'closed';
      frameRouter.post(address, new Uint8Array(frame));
      return 'sent';
    },
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close() {
      open = false;
      leave();
    },
  };
}
