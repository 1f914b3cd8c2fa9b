import type { Socket } from 'node:dgram';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import type { SendOutcome } from '../../shared/measure/probe';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { nativeAddon } from '../native/addon';
import { datagramEndpointLink } from '../native/datagram-endpoint';
import { hasQueueRoom } from '../queue-limit';
import type { Link } from '../link';

/** No UDP datagram has more. */
const MAX_UDP_BYTES = 65_535;
/** A hello may be lost like any datagram: it is said again this often, and so long. */
const HELLO_EVERY_MS = 100;
const HELLO_LIMIT_MS = 3000;

interface Place {
  address: string;
  port: number;
}

/** A socket of Node's, and its descriptor where Bulkhead made it, for the addon to take over. */
export interface BoundSocket {
  socket: Socket;
  fd: number | null;
}

/** One end of a pair of UDP sockets. Datagrams that hold nothing but the run key are hellos and their answers. */
export class UdpLink implements Link {
  readonly #socket: Socket;
  readonly #fd: number | null;
  readonly #runKey: Uint8Array;
  readonly #bytes = new Emitter<Uint8Array>();
  readonly #closed = new Emitter<Message>();
  readonly #unauthenticated = new Emitter<void>();
  /** The peer said hello, or answered ours. */
  readonly #met = new Emitter<void>();
  #peerPort: number | null = null;
  #connected = false;
  #open = true;
  /** This end answers hellos; the other end says them. */
  #answers = false;
  /** Once the peer is there, and the addon: the socket is its. */
  #native: Link | null = null;

  private constructor({ socket, fd }: BoundSocket, runKey: Uint8Array) {
    this.#socket = socket;
    this.#fd = fd;
    this.#runKey = runKey;
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
    // On a connected socket: ECONNREFUSED, when nobody has the peer's port any more.
    socket.on('error', (error) => this.#lost(error));
  }

  /** The end that waits for the first hello, and then belongs to whoever said it. */
  static waiting(bound: BoundSocket, runKey: Uint8Array): UdpLink {
    const link = new UdpLink(bound, runKey);
    link.#answers = true;
    return link;
  }

  /** The end that says hello to `place`. Rejects with a sentence when there is no answer. */
  static async greeting(bound: BoundSocket, runKey: Uint8Array, place: Place): Promise<UdpLink> {
    const link = new UdpLink(bound, runKey);
    const { socket } = bound;
    let failure = say('link.nobody');
    const answered = await new Promise<boolean>((resolve) => {
      const again = setInterval(() => {
        if (link.#connected) socket.send(runKey, ignoreOutcome);
      }, HELLO_EVERY_MS);
      const limit = setTimeout(() => settle(false), HELLO_LIMIT_MS);
      const settle = (met: boolean) => {
        clearInterval(again);
        clearTimeout(limit);
        resolve(met);
      };
      link.#met.on(() => settle(true));
      link.onClose((reason) => {
        failure = reason;
        settle(false);
      });
      link.#connect(place, () => socket.send(runKey, ignoreOutcome));
    });
    if (answered) {
      link.#closed.clear();
      link.#goNative();
      return link;
    }
    link.close();
    throw new MessageError(say('transport.unreachable', { cause: failure }));
  }

  send(frame: Uint8Array): SendOutcome {
    if (!this.#open) return 'closed';
    if (this.#native !== null) return this.#native.send(frame);
    if (!this.#connected) return 'refused';
    if (!hasQueueRoom(this.#socket.getSendQueueSize(), frame)) return 'refused';
    // What the kernel doesn't take at once (EAGAIN) is queued by reference, so it needs its own copy. Node tells of any
    // other error only after this has returned: such a datagram counts as lost on its way, which UDP allows.
    this.#socket.send(Buffer.from(frame), (error) => {
      if (error !== null) this.#failed(error);
    });
    return 'sent';
  }

  onBytes(listener: (bytes: Uint8Array) => void): Unsubscribe {
    return this.#bytes.on(listener);
  }

  onClose(listener: (reason: Message) => void): Unsubscribe {
    return this.#closed.on(listener);
  }

  onUnauthenticatedPeer(listener: () => void): Unsubscribe {
    return this.#unauthenticated.on(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#closeSocket();
  }

  #closeSocket(): void {
    if (this.#native === null) this.#socket.close();
    else this.#native.close();
  }

  /** The two have met: what comes and goes from here on is the addon's. Node's hold on the socket is given up. */
  #goNative(): void {
    if (this.#fd === null || !this.#open || this.#native !== null) return;
    this.#native = datagramEndpointLink(nativeAddon().wrapDatagramSocket(this.#fd), MAX_UDP_BYTES);
    this.#socket.close();
    this.#native.onClose((reason) => {
      this.#open = false;
      this.#closed.emit(reason);
    });
    this.#native.onBytes((bytes) => {
      if (!isSame(bytes, this.#runKey)) this.#bytes.emit(bytes);
      // The peer says hello again: the answer was lost, or is late.
      else if (this.#answers) this.#native?.send(this.#runKey);
    });
  }

  #answerFirst(): void {
    try {
      this.#goNative();
    } catch (error) {
      // Out of descriptors: the peer's opening fails for want of an answer.
      return this.#lost(error as Error);
    }
    if (this.#native === null) this.#socket.send(this.#runKey, ignoreOutcome);
    else this.#native.send(this.#runKey);
  }

  #receive(bytes: Buffer, from: Place): void {
    if (!this.#open) return;
    const isKey = bytes.equals(this.#runKey);
    if (this.#peerPort === null) {
      if (isKey && this.#answers) this.#connect(from, () => this.#answerFirst());
      else this.#unauthenticated.emit();
    } else if (from.port !== this.#peerPort) {
      // It lay in the queue before this end was connected.
      this.#unauthenticated.emit();
    } else if (!isKey) {
      this.#bytes.emit(bytes);
    } else if (!this.#answers) {
      this.#met.emit();
    } else if (this.#connected) {
      // The peer says hello again: the answer was lost, or is late.
      this.#socket.send(this.#runKey, ignoreOutcome);
    }
  }

  #connect(place: Place, then: () => void): void {
    this.#peerPort = place.port;
    // The callback of `connect` gets an error too, which its type doesn't say.
    this.#socket.connect(place.port, place.address, ((error?: Error) => {
      if (!this.#open) return;
      if (error) return this.#lost(error);
      this.#connected = true;
      then();
    }) as () => void);
  }

  #failed(error: Error): void {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') this.#lost(error);
  }

  #lost(error: Error): void {
    if (!this.#open) return;
    // The kernel may tell it twice, of a send and of a receive.
    this.#open = false;
    this.#closeSocket();
    const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
    this.#closed.emit(refused ? say('link.port-lost') : say('link.socket-failed', { cause: error.message }));
  }
}

/** With a callback Node hands errors to it; without one it would forget them as well, but not on a closing socket. */
function ignoreOutcome(): void {
  // A hello that was not sent is said again.
}

function isSame(bytes: Uint8Array, other: Uint8Array): boolean {
  return bytes.byteLength === other.byteLength && bytes.every((byte, i) => byte === other[i]);
}
