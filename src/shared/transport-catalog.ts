/**
 * The transports, as facts: shared by both ends, the interface, the exports and the documents.
 * The code that moves the bytes is in `src/transports/`; what a person should know of each is in `transport-notes.ts`.
 */

import type { Message } from './messages/message';

export const TRANSPORT_IDS = [
  'message-port',
  'ipc-invoke',
  'utility-post',
  'unix-dgram',
  'unix-dgram-native',
  'unix-stream',
  'fifo',
  'stdout',
  'stdout-alloc',
  'tcp',
  'tcp-delay',
  'tcp6',
  'udp',
  'udp6',
  'icmp',
  'shmem',
  'shmem-futex',
  'file',
] as const;
export type TransportId = (typeof TRANSPORT_IDS)[number];

export interface TransportInfo {
  id: TransportId;
  /** How a person reads it: `Message port`. */
  title: string;
  /** The kernel object or runtime mechanism under it: family and type of a socket, kind of a file. */
  mechanism: string;
  /** Largest payload of one frame, bytes. One byte more is refused by `Channel.send`. */
  maxPayloadBytes: number;
  /** Frames arrive in the order in which they were sent. */
  ordered: boolean;
  /** A frame that `send` accepted arrives, as long as both processes live. */
  reliable: boolean;
  /** The transport keeps message boundaries by itself; a stream needs the frame's length field. */
  framing: 'message' | 'stream';
  /**
   * What becomes of a frame when the receiver doesn't keep up: `send` refuses it, the kernel drops it without a word,
   * or it waits in memory, so that the sender has to bound what is in flight.
   */
  whenFull: 'refuses' | 'drops' | 'grows';
  /** Why it can't be measured live to a plugin, and what to do instead, where only a benchmark can have it. */
  notLive?: string;
}

/** What a site's renderer is measured over: its sandbox lets it open neither sockets nor files. */
export const RENDERER_TRANSPORTS = ['message-port', 'ipc-invoke'] as const satisfies readonly TransportId[];

/** Processes are measured over these from the start; the others wait until they are switched on. */
export const ENABLED_FROM_THE_START: ReadonlySet<TransportId> = new Set(['message-port', 'unix-dgram', 'fifo']);

const MEBIBYTE = 1024 * 1024;
/** The largest datagram that IPv4 carries: 65,535 bytes less 20 of IP header and 8 of UDP or ICMP header. IPv6 would take 20 more. */
const MAX_UDP_BYTES = 65_507;
const FRAME_HEADER_BYTES = 24;

const STREAM = {
  maxPayloadBytes: MEBIBYTE,
  ordered: true,
  reliable: true,
  framing: 'stream',
  whenFull: 'refuses',
} as const;
/** On the loopback interface datagrams do keep their order; UDP promises none, and neither does ICMP. */
const UDP = {
  maxPayloadBytes: MAX_UDP_BYTES - FRAME_HEADER_BYTES,
  ordered: false,
  reliable: false,
  framing: 'message',
  whenFull: 'drops',
} as const;
const RING = {
  maxPayloadBytes: MEBIBYTE,
  ordered: true,
  reliable: true,
  framing: 'message',
  whenFull: 'refuses',
} as const;
const POST = {
  maxPayloadBytes: MEBIBYTE,
  ordered: true,
  reliable: true,
  framing: 'message',
  whenFull: 'grows',
} as const;

function noStdin(method: string): string {
  return `A plugin has no stdin: Electron gives a utility process none. Measure it on the Benchmark page, or with bin/bulkhead bench --method ${method}.`;
}

export const TRANSPORTS: Record<TransportId, TransportInfo> = {
  'message-port': {
    ...POST,
    id: 'message-port',
    title: 'Message port',
    mechanism: "Chromium's MessagePort over a Mojo message pipe (structured clone)",
  },
  'ipc-invoke': {
    ...POST,
    id: 'ipc-invoke',
    title: 'IPC invoke',
    mechanism:
      "Electron's ipcRenderer.invoke and ipcMain.handle over the frame's Mojo interface (structured clone); 32 invokes are held open, for the browser process to answer",
    whenFull: 'refuses',
  },
  'utility-post': {
    ...POST,
    id: 'utility-post',
    title: 'Parent port',
    mechanism:
      "the utility process's own parentPort.postMessage, beside the control messages (Mojo message pipe, structured clone)",
  },
  'unix-dgram': {
    id: 'unix-dgram',
    title: 'Unix datagram',
    mechanism: 'AF_UNIX SOCK_DGRAM, two sockets bound to paths (unix-dgram package)',
    maxPayloadBytes: 64 * 1024 - FRAME_HEADER_BYTES,
    ordered: true,
    reliable: false,
    framing: 'message',
    whenFull: 'refuses',
  },
  'unix-dgram-native': {
    id: 'unix-dgram-native',
    title: 'Unix datagram, native',
    mechanism: "AF_UNIX SOCK_DGRAM, two sockets bound to paths (Bulkhead's native addon)",
    maxPayloadBytes: 64 * 1024 - FRAME_HEADER_BYTES,
    ordered: true,
    reliable: false,
    framing: 'message',
    whenFull: 'refuses',
  },
  'unix-stream': {
    ...STREAM,
    id: 'unix-stream',
    title: 'Unix stream',
    mechanism:
      "AF_UNIX SOCK_STREAM, a connection over a path (Node's net; read and written by the native addon, where it is there)",
  },
  fifo: {
    ...STREAM,
    id: 'fifo',
    title: 'Named pipe',
    mechanism: 'a pair of named pipes (mkfifo, mode 0640), one for each direction',
  },
  stdout: {
    ...STREAM,
    id: 'stdout',
    title: 'Standard output',
    mechanism:
      "stdin and stdout of a child process, as Node's spawn makes them: two pairs of connected AF_UNIX SOCK_STREAM sockets; one buffer for every message",
    notLive: noStdin('stdout'),
  },
  'stdout-alloc': {
    ...STREAM,
    id: 'stdout-alloc',
    title: 'Standard output, allocating',
    mechanism:
      "stdin and stdout of a child process, as Node's spawn makes them: two pairs of connected AF_UNIX SOCK_STREAM sockets; a new buffer for each message",
    notLive: noStdin('stdout-alloc'),
  },
  tcp: {
    ...STREAM,
    id: 'tcp',
    title: 'TCP',
    mechanism:
      "AF_INET SOCK_STREAM on 127.0.0.1, TCP_NODELAY on (Node's net; read and written by the native addon, where it is there)",
  },
  'tcp-delay': {
    ...STREAM,
    id: 'tcp-delay',
    title: 'TCP, delayed',
    mechanism:
      "AF_INET SOCK_STREAM on 127.0.0.1, TCP_NODELAY off: Nagle's algorithm at work (Node's net; read and written by the native addon, where it is there)",
  },
  tcp6: {
    ...STREAM,
    id: 'tcp6',
    title: 'TCP, IPv6',
    mechanism:
      "AF_INET6 SOCK_STREAM on ::1, TCP_NODELAY on (Node's net; read and written by the native addon, where it is there)",
  },
  udp: {
    ...UDP,
    id: 'udp',
    title: 'UDP',
    mechanism:
      "AF_INET SOCK_DGRAM on 127.0.0.1, both ends connected (Node's dgram; read and written by the native addon, where it is there)",
  },
  udp6: {
    ...UDP,
    id: 'udp6',
    title: 'UDP, IPv6',
    mechanism:
      "AF_INET6 SOCK_DGRAM on ::1, both ends connected (Node's dgram; read and written by the native addon, where it is there)",
  },
  icmp: {
    ...UDP,
    id: 'icmp',
    title: 'ICMP echo',
    mechanism: 'AF_INET SOCK_RAW IPPROTO_ICMP to 127.0.0.1, which the kernel itself answers (native addon)',
    notLive:
      'The kernel answers ICMP by itself: no ping would reach the plugin. Measure it on the Benchmark page, or with bin/bulkhead bench --method icmp.',
  },
  shmem: {
    ...RING,
    id: 'shmem',
    title: 'Shared memory',
    mechanism:
      'a file in /dev/shm mapped by both processes, a ring for each direction; the reader spins for a while, then sleeps on a futex (native addon)',
  },
  'shmem-futex': {
    ...RING,
    id: 'shmem-futex',
    title: 'Shared memory, futex',
    mechanism:
      'a file in /dev/shm mapped by both processes, a ring for each direction; the reader sleeps on a futex at once (native addon)',
  },
  file: {
    ...RING,
    id: 'file',
    title: 'Shared file',
    mechanism:
      'two regular files (mode 0600), a mailbox for each direction: pwrite, pread, and inotify to wake the reader',
  },
};

/** Whether a transport can run here, and if not, why and what to do about it. */
export type Availability = { available: true } | { available: false; reason: Message };
