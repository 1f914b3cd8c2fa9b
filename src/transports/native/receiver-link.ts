import type { MessageCallback } from '../../../native';
import { Emitter } from '../../shared/emitter';
import type { SendOutcome } from '../../shared/measure/probe';
import { type Message, saidBy, say } from '../../shared/messages/message';
import type { Link } from '../link';

/** What the addon's sockets and shared channels have in common. */
interface NativeReceiver {
  onMessage(into: Uint8Array, callback: MessageCallback): void;
  stampReads(on: boolean): void;
  close(): void;
}

export interface ReceiverLinkOptions {
  receiver: NativeReceiver;
  /** Largest frame, bytes: what is larger is dropped by the addon. */
  maxFrameBytes: number;
  /** Throws when the peer is gone, or what it wrote makes no sense. */
  send: (frame: Uint8Array) => SendOutcome;
  cleanUp: () => void;
}

/** A link over one of the addon's receivers. The one receive buffer is made here and used for every message. */
export function receiverLink({ receiver, maxFrameBytes, send, cleanUp }: ReceiverLinkOptions): Link {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  const into = new Uint8Array(maxFrameBytes);
  // Messages of one size follow one another, and all lie at the front.
  let message = into.subarray(0, 0);
  let open = true;
  let readAtNs: number | undefined;
  const close = () => {
    if (!open) return;
    open = false;
    receiver.close();
    cleanUp();
  };
  const fail = (reason: Message) => {
    if (!open) return;
    close();
    closed.emit(reason);
  };
  return {
    send(frame) {
      if (!open) return 'closed';
      try {
        return send(frame);
      } catch (error) {
        // Not at once: whoever sends doesn't expect to be told of the end in the middle of it.
        setImmediate(() => fail(say('link.gone', { cause: saidBy(error) })));
        return 'closed';
      }
    },
    onBytes(listener) {
      const off = bytes.on(listener);
      receiver.onMessage(into, (length, error, atNs) => {
        if (length >= 0) {
          readAtNs = atNs;
          if (message.byteLength !== length) message = into.subarray(0, length);
          bytes.emit(message);
        } else fail(error === undefined ? say('link.closed') : say('link.gone', { cause: error.message }));
      });
      return off;
    },
    onClose: (listener) => closed.on(listener),
    stampReads: (on) => {
      if (open) receiver.stampReads(on);
    },
    readAtNs: () => readAtNs,
    close,
  };
}
