import { z } from 'zod';
import type { FaultId } from './faults';
import type { ClockOrigin } from './clock';
import type { TransportId } from './transport-catalog';

/**
 * What the browser process and a child tell each other apart from pings: over a control port, which the
 * first message to a child brings. The browser process decides everything; a child never chooses a path.
 */

/** How a child reaches its end of a channel. Ports travel beside it. */
export type Ticket =
  | { transport: 'message-port'; runKey: Uint8Array }
  /** Frames travel as `PostedFrame`s to this address, in both directions. */
  | { transport: 'utility-post'; runKey: Uint8Array; address: string }
  /** Frames travel as invokes that name this address, and as the answers to them. */
  | { transport: 'ipc-invoke'; runKey: Uint8Array; address: string }
  | { transport: 'unix-dgram'; runKey: Uint8Array; browserPath: string; peerPath: string }
  | { transport: 'unix-dgram-native'; runKey: Uint8Array; browserPath: string; peerPath: string }
  /** The FIFO that the child reads, and the one that it writes. */
  | { transport: 'fifo'; runKey: Uint8Array; readPath: string; writePath: string }
  | { transport: 'unix-stream'; runKey: Uint8Array; path: string }
  // A child's own stdin and stdout. It has them from its start: there is nowhere to go.
  | { transport: 'stdout'; runKey: Uint8Array }
  | { transport: 'stdout-alloc'; runKey: Uint8Array }
  // A port of the loopback interface. Whoever comes there has to say the run key first.
  | LoopbackTicket<'tcp'>
  | LoopbackTicket<'tcp-delay'>
  | LoopbackTicket<'tcp6'>
  | LoopbackTicket<'udp'>
  | LoopbackTicket<'udp6'>
  /** For nobody: the kernel answers. */
  | { transport: 'icmp'; runKey: Uint8Array }
  /** The file that both map. The child takes its name away once it has it. */
  | { transport: 'shmem'; runKey: Uint8Array; path: string }
  | { transport: 'shmem-futex'; runKey: Uint8Array; path: string }
  /** The shared file that the child reads, and the one that it writes. */
  | { transport: 'file'; runKey: Uint8Array; readPath: string; writePath: string };
export type TicketFor<T extends TransportId> = Extract<Ticket, { transport: T }>;
type LoopbackTicket<T extends TransportId> = { transport: T; runKey: Uint8Array; port: number };

/** A frame over the parent port itself. `bytes` is anything until it was looked at. */
export interface PostedFrame {
  kind: 'frame';
  to: string;
  bytes: unknown;
}

/** Comes with the control port of a Node.js process. A page gets its port alone, and estimates the clock from beats. */
export interface ProcessHello {
  clock: ClockOrigin;
}

/** When the answer to a beat was here, on the shared clock. */
export interface Heard {
  beat: number;
  atNs: number;
}

export type ToChild =
  /** Open your end; a message port comes with this message. The answer names the same opening. */
  | { kind: 'open'; channelId: string; opening: number; ticket: Ticket }
  | { kind: 'close'; channelId: string }
  /** Do this to yourself, where it lasts, for so many milliseconds. */
  | { kind: 'fault'; fault: FaultId; durationMs: number }
  /** `sentNs` is on the shared clock; `heard` is of the last beat that was answered. */
  | { kind: 'heartbeat'; beat: number; sentNs: number; heard: Heard | null }
  /** Die by an abort. */
  | { kind: 'crash' }
  | { kind: 'shutdown' }
  /** For a built-in page to show: its own process's figures. */
  | { kind: 'figures'; pid: number; site: string; p50: string };

const openingSchema = { channelId: z.string(), opening: z.number().int().nonnegative() };

export const fromChildSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('opened'), ...openingSchema }),
  z.strictObject({ kind: z.literal('open-failed'), ...openingSchema, reason: z.string().max(2000) }),
  z.strictObject({
    kind: z.literal('heartbeat'),
    beat: z.number().int(),
    /** The shared clock as the child reads it; null while a page can't tell yet. */
    clock: z.strictObject({ atNs: z.number(), errorNs: z.number().nonnegative() }).nullable(),
    /** Frames that the child dropped as malformed or foreign, by opening. */
    rejected: z.array(z.strictObject({ ...openingSchema, count: z.number().int().nonnegative() })).max(64),
  }),
  /** It is about to exit by itself: Chromium tells the ends by some signals as if they were exits with 0. */
  z.strictObject({ kind: z.literal('exiting') }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;
