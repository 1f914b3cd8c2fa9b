import type { Unsubscribe } from '../shared/emitter';
import type { SendOutcome } from '../shared/measure/probe';
import type { Message } from '../shared/messages/message';

/** Moves the bytes of frames. One instance is one end; `Channel` puts the frame format on top. */
export interface Link {
  /**
   * Sends one encoded frame. The bytes are copied or gone to the kernel when this returns: the caller reuses the
   * buffer. `refused` means that a queue is full at this moment and nothing was sent.
   */
  send(frame: Uint8Array): SendOutcome;
  /** Whole messages, or any cut of a stream, as `TransportInfo.framing` says. The bytes hold until the listener returns. */
  onBytes(listener: (bytes: Uint8Array) => void): Unsubscribe;
  /** The link can't be used any more, and why. Comes at most once, not for one's own `close`. */
  onClose(listener: (reason: Message) => void): Unsubscribe;
  /** Somebody other than the peer came to the meeting place, or stood where only the peer may, and was turned away. */
  onUnauthenticatedPeer?(listener: () => void): Unsubscribe;
  /** Notes when each read returns, or no longer. Where a link lacks it, that can't be seen. */
  stampReads?(on: boolean): void;
  /** When the read returned that brought the bytes which are being listened to, on the system's monotonic clock. */
  readAtNs?(): number | undefined;
  /** Gives everything back, files included. A second call does nothing. */
  close(): void;
}
