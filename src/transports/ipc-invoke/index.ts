import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import { HeldInvokes } from './held-invokes';
import type { Invokes } from './invokes';

const info = { ...TRANSPORTS['ipc-invoke'], id: 'ipc-invoke' as const };

/**
 * `ipcRenderer.invoke`, which a renderer alone can begin. So it holds invokes open: the browser process sends a message
 * by answering one, and the renderer's next invoke brings its message, and is held in its turn. A round trip is the
 * answer to one invoke and the request of the next: the two messages of any `await ipcRenderer.invoke()`, in the order
 * in which the browser process, whose clock is exact, can time them. No address is needed beyond the channel's name.
 */
export const ipcInvokeTransport: Transport<'ipc-invoke'> = {
  info,
  availability: () => ({ available: true }),
  async listen({ name, invokes }) {
    const runKey = newRunKey();
    return {
      ticket: { transport: 'ipc-invoke', runKey, address: name },
      ports: [],
      channel: new Channel(info, invokeLink(invokes, name), runKey),
    };
  },
  async connect() {
    throw new MessageError(say('transport.renderer-end'));
  },
};

function invokeLink(invokes: Invokes | undefined, address: string): Link {
  if (invokes === undefined) throw new MessageError(say('transport.renderer-only'));
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  const held = new HeldInvokes();
  const leave = invokes.receive(address, (said) => {
    // The first invokes, and those after what was no ping, say nothing.
    if (said === undefined) return held.hold();
    if (said instanceof Uint8Array) {
      bytes.emit(said);
      return held.hold();
    }
    // What isn't bytes is no frame: it counts as truncated instead of throwing, and has lost its invoke.
    bytes.emit(new Uint8Array(0));
    return null;
  });
  return {
    // A copy: the answer is serialised after this returns.
    send: (frame) => held.send(new Uint8Array(frame)),
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close() {
      leave();
      held.close();
    },
  };
}
