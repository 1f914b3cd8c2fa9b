import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import type { PortLike } from './port-like';

const info = { ...TRANSPORTS['message-port'], id: 'message-port' as const };

export const messagePortTransport: Transport<'message-port'> = {
  info,
  availability: () => ({ available: true }),
  async listen({ createPortPair }) {
    const runKey = newRunKey();
    const { near, far } = createPortPair();
    return {
      ticket: { transport: 'message-port', runKey },
      ports: [far],
      channel: new Channel(info, portLink(near), runKey),
    };
  },
  async connect(ticket, ports) {
    const port = ports[0];
    if (port === undefined) throw new MessageError(say('transport.no-port'));
    return new Channel(info, portLink(port), ticket.runKey);
  },
};

/**
 * Bytes are copied, never transferred: transferring an ArrayBuffer from a renderer to the browser process loses the
 * whole message (electron#34905), and a pooled Buffer would take its 8 KiB slab along. Messages posted after the
 * peer's death vanish without a word, so nothing here can report it: the probe's time limit does.
 */
function portLink(port: PortLike): Link {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  let open = true;
  port.on('message', ({ data }) => {
    // What isn't bytes is no frame: an empty message counts as truncated instead of throwing.
    if (open) bytes.emit(data instanceof Uint8Array ? data : new Uint8Array(0));
  });
  port.on('close', () => {
    if (open) closed.emit(say('link.port-closed'));
  });
  port.start();
  return {
    send(frame) {
      if (!open) return 'closed';
      // Posting copies the whole buffer under a view: a part of one has to be copied first.
      port.postMessage(frame.byteLength === frame.buffer.byteLength ? frame : new Uint8Array(frame));
      return 'sent';
    },
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close() {
      if (!open) return;
      open = false;
      port.close();
    },
  };
}
