import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import type { Posts } from './posts';

const info = { ...TRANSPORTS['utility-post'], id: 'utility-post' as const };

/** No meeting place of its own: the post is there as long as the utility process is. Channels share it by address. */
export const utilityPostTransport: Transport<'utility-post'> = {
  info,
  availability: () => ({ available: true }),
  async listen({ name, posts }) {
    const runKey = newRunKey();
    return {
      ticket: { transport: 'utility-post', runKey, address: name },
      ports: [],
      channel: new Channel(info, postLink(posts, name), runKey),
    };
  },
  async connect(ticket, _ports, posts) {
    return new Channel(info, postLink(posts, ticket.address), ticket.runKey);
  },
};

/**
 * Bytes are copied, never transferred, for the same reasons as on a message port. Messages to a dead child vanish
 * without a word: the supervisor tells of its death.
 */
function postLink(posts: Posts | undefined, address: string): Link {
  if (posts === undefined)
    throw new Error('Only a utility process has a parent port. Use a message port for this process.');
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<string>();
  // What isn't bytes is no frame: an empty message counts as truncated instead of throwing.
  const leave = posts.receive(address, (data) => bytes.emit(data instanceof Uint8Array ? data : new Uint8Array(0)));
  let open = true;
  return {
    send(frame) {
      if (!open) return 'closed';
      posts.post(address, new Uint8Array(frame));
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
