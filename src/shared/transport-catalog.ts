/**
 * The transports, as facts: shared by both ends, the interface, the exports and the documents.
 * The code that moves the bytes is in `src/transports/`.
 */

export const TRANSPORT_IDS = ['message-port', 'unix-dgram', 'pipe'] as const;
export type TransportId = (typeof TRANSPORT_IDS)[number];

export interface TransportInfo {
  id: TransportId;
  /** How a person reads it: `Message port`. */
  title: string;
  /** The kernel object or runtime mechanism under it. */
  mechanism: string;
  /** Largest payload of one frame, bytes. One byte more is refused by `Channel.send`. */
  maxPayloadBytes: number;
  /** Frames arrive in the order in which they were sent. */
  ordered: boolean;
  /** A frame that `send` accepted arrives, as long as both processes live. */
  reliable: boolean;
  /** The transport keeps message boundaries by itself; a stream needs the frame's length field. */
  framing: 'message' | 'stream';
}

export const TRANSPORTS: Record<TransportId, TransportInfo> = {
  'message-port': {
    id: 'message-port',
    title: 'Message port',
    mechanism: "Chromium's MessagePort over a Mojo message pipe (structured clone)",
    maxPayloadBytes: 1024 * 1024,
    ordered: true,
    reliable: true,
    framing: 'message',
  },
  'unix-dgram': {
    id: 'unix-dgram',
    title: 'Unix datagram',
    mechanism: 'AF_UNIX SOCK_DGRAM socket pair, bound to paths (unix-dgram package)',
    maxPayloadBytes: 64 * 1024 - 24,
    ordered: true,
    reliable: false,
    framing: 'message',
  },
  pipe: {
    id: 'pipe',
    title: 'Pipe',
    mechanism: 'a pair of named pipes (mkfifo, mode 0640), one for each direction',
    maxPayloadBytes: 1024 * 1024,
    ordered: true,
    reliable: true,
    framing: 'stream',
  },
};

/** Whether a transport can run here, and if not, why and what to do about it. */
export type Availability = { available: true } | { available: false; reason: string };
