/**
 * The transports, a row each: facts, looks, and what a person should know. Schema, window, benchmark, command line and
 * `docs/transports.md` come from these rows; the code that moves the bytes is in `src/transports/`.
 */

import type { Message } from './messages/message';

interface TransportRow {
  /** How a person reads it: `Message port`. */
  title: string;
  /** The same for narrow places: the name of the command line's method, or shorter. */
  short: string;
  /** Of its line on the charts: an SVG stroke-dasharray; `none` is solid. */
  dash: string;
  /** What a benchmark measures it between (`bench/routes.ts`); the first is its main route. */
  routes: readonly [string, ...string[]];
  /** The method of `bulkhead-floor` that is its kernel floor. Null: what the kernel carries for it is Chromium's choice. */
  floor: string | null;
  /** Who reads and writes its descriptors: the native addon alone, or either it or Node.js; null where that is no question. */
  dataPath: 'native' | 'either' | null;
  /** Its end can't be in a worker thread: it is Chromium's own, or an addon that only one thread may load. */
  mainThreadOnly?: true;
  /** A site's renderer has it too: its sandbox lets it open neither sockets nor files. */
  renderer?: true;
  /** Processes are measured over it from the start; over the others when they are switched on. */
  fromTheStart?: true;
  /** Where `bulkhead serve` listens for it. Absent: two plain processes can't speak it. */
  serve?: 'path' | 'port';
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
  /**
   * In the sense of the course on IPC: synchronous, when the sender learns from the send itself that the message lies
   * with the receiver's side (and would be blocked, or refused, otherwise); asynchronous, when it takes something more.
   */
  sending: 'synchronous' | 'asynchronous';
  /** What the sender knows after a send. */
  senderKnows: string;
  /** What happens between the send and the receiver's event loop. */
  onTheWay: string;
  useFor: string;
}

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

const BETWEEN_PLUGINS = ['plugin-plugin'] as const;

const TCP_KNOWS =
  "The receiving kernel acknowledges every byte; what isn't acknowledged is sent again, and a broken connection is an error.";
const UDP_KNOWS = 'A send says only that the datagram left. Whether it arrived takes an answer: here, the pong.';
const DGRAM_KNOWS =
  "A send that succeeds has put the datagram into the receiving socket's queue. When that is full it would block; these sockets refuse instead.";
const CHILD_ONLY =
  "Only between a process and a child that it has started: a renderer or a plugin is Chromium's child and has no stdin, so this is a method of the benchmark and not of the live view.";
const MEMORY_KNOWS =
  'A send says that the bytes are in the ring. That they were taken shows only in the index that the reader writes.';

// Dashes: line caps are round, so a dash of almost nothing is a point. Families look alike: sockets of one host are
// dashes with points between them, one point for each way in which the variant differs from the plain one. A period fits
// a swatch.
const ROWS = {
  'message-port': {
    ...POST,
    title: 'Message port',
    short: 'port',
    dash: 'none',
    mainThreadOnly: true,
    routes: ['plugin-plugin', 'plugin-renderer', 'browser-plugin', 'browser-renderer'],
    floor: null,
    dataPath: null,
    renderer: true,
    fromTheStart: true,
    mechanism: "Chromium's MessagePort over a Mojo message pipe (structured clone)",
    sending: 'asynchronous',
    senderKnows: 'Nothing: postMessage returns at once, and messages to a dead peer vanish.',
    onTheWay:
      "V8 serialises the value; Mojo carries the bytes over a Unix socket between the two processes' I/O threads, large ones in shared memory; the receiving thread's event loop gets a task and deserialises.",
    useFor:
      'Whatever has a sandboxed renderer at one end, also directly to a plugin, and handing ports over. The first choice between Electron processes.',
  },
  'ipc-invoke': {
    ...POST,
    title: 'IPC invoke',
    short: 'invoke',
    dash: '14 4.5 3 4.5',
    // The renderer begins every invoke, and the browser process answers it.
    mainThreadOnly: true,
    routes: ['browser-renderer'],
    floor: null,
    dataPath: null,
    renderer: true,
    mechanism:
      "Electron's ipcRenderer.invoke and ipcMain.handle over the frame's Mojo interface (structured clone); 32 invokes are held open, for the browser process to answer",
    whenFull: 'refuses',
    sending: 'asynchronous',
    senderKnows:
      'The renderer nothing, until its promise settles; the browser process nothing at all: an answer to a renderer that is gone vanishes. While no invoke is held, up to 2 MiB wait for the next, then a send is refused.',
    onTheWay:
      "V8 serialises the arguments; Mojo carries them over the frame's own interface, in order with its other IPC; the browser process's event loop calls the handler, and the answer goes back as the reply to that one call and settles its promise. Here a ping is an answer, and the pong the next invoke.",
    useFor:
      'What most applications use between page and browser process: a request and its answer, a promise each. Check the sender; for a stream of messages a port is cheaper.',
  },
  'utility-post': {
    ...POST,
    title: 'Parent port',
    short: 'post',
    dash: '18 5',
    // A utility process's parent port leads to the browser process and nowhere else.
    mainThreadOnly: true,
    routes: ['plugin-browser'],
    floor: null,
    dataPath: null,
    mechanism:
      "the utility process's own parentPort.postMessage, beside the control messages (Mojo message pipe, structured clone)",
    sending: 'asynchronous',
    senderKnows: 'Nothing, as with a message port.',
    onTheWay:
      'As with a message port, but over the one pipe that a utility process is born with: the frames keep their order with the control messages, and wait behind them.',
    useFor: "Now and then a message to one's own utility process, where a port of its own isn't worth it.",
  },
  'unix-dgram': {
    title: 'Unix datagram',
    short: 'datagram',
    dash: '6 5',
    mainThreadOnly: true,
    routes: BETWEEN_PLUGINS,
    floor: 'unix-dgram',
    dataPath: null,
    fromTheStart: true,
    serve: 'path',
    mechanism: 'AF_UNIX SOCK_DGRAM, two sockets bound to paths (unix-dgram package)',
    maxPayloadBytes: 64 * 1024 - FRAME_HEADER_BYTES,
    ordered: true,
    reliable: false,
    framing: 'message',
    whenFull: 'refuses',
    sending: 'synchronous',
    senderKnows: DGRAM_KNOWS,
    onTheWay:
      "One copy into a kernel buffer, which goes straight into the receiving socket's queue (net.unix.max_dgram_qlen messages, often 10) and wakes its poller; one copy out. No network code is involved.",
    useFor: 'Messages with boundaries on one machine, many senders to one receiver: logging, service notifications.',
  },
  'unix-dgram-native': {
    title: 'Unix datagram, native',
    short: 'native',
    dash: '6 5 0.5 5',
    routes: BETWEEN_PLUGINS,
    floor: 'unix-dgram',
    dataPath: 'native',
    mechanism: "AF_UNIX SOCK_DGRAM, two sockets bound to paths (Bulkhead's native addon)",
    maxPayloadBytes: 64 * 1024 - FRAME_HEADER_BYTES,
    ordered: true,
    reliable: false,
    framing: 'message',
    whenFull: 'refuses',
    sending: 'synchronous',
    senderKnows: DGRAM_KNOWS,
    onTheWay:
      'The same path through the kernel. In the process the addon polls the socket, drains it on one wake-up and copies into one buffer that is never made anew.',
    useFor: 'The same; beside the unix-dgram package it shows what the way from socket to JavaScript costs.',
  },
  'unix-stream': {
    ...STREAM,
    title: 'Unix stream',
    short: 'stream',
    dash: '11 5',
    routes: BETWEEN_PLUGINS,
    floor: 'unix-stream',
    dataPath: 'either',
    serve: 'path',
    mechanism:
      "AF_UNIX SOCK_STREAM, a connection over a path (Node's net; read and written by the native addon, where it is there)",
    sending: 'synchronous',
    senderKnows:
      "A write that succeeds has put the bytes into the receiver's queue. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.",
    onTheWay:
      "Copied into kernel buffers that hang at the receiving socket's queue, whose poller is woken; copied out. No network code. Either end hears when the other goes.",
    useFor: 'The usual choice between processes of one machine that want a connection: databases, D-Bus, Docker, X11.',
  },
  fifo: {
    ...STREAM,
    title: 'Named pipe',
    short: 'fifo',
    dash: '0.5 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'fifo',
    dataPath: 'either',
    fromTheStart: true,
    serve: 'path',
    mechanism: 'a pair of named pipes (mkfifo, mode 0640), one for each direction',
    sending: 'synchronous',
    senderKnows:
      'A write that succeeds has put the bytes into the pipe. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.',
    onTheWay:
      "Copied into the pipe's ring of pages (64 KiB), which wakes the reader; copied out. One direction for each pipe. Writes of up to 4,096 bytes are never mixed with another writer's.",
    useFor: 'One-way streams between processes that share a name and nothing else; shells and scripts.',
  },
  stdout: {
    ...STREAM,
    title: 'Standard output',
    short: 'stdout',
    dash: '11 5 0.5 5',
    routes: ['plugin-child'],
    floor: 'stdout',
    dataPath: null,
    mechanism:
      "stdin and stdout of a child process, as Node's spawn makes them: two pairs of connected AF_UNIX SOCK_STREAM sockets; one buffer for every message",
    notLive: noStdin('stdout'),
    sending: 'synchronous',
    senderKnows:
      "A write that succeeds has put the bytes into the receiver's queue. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.",
    onTheWay:
      "As with a Unix stream, for that is what Node makes of stdio 'pipe'; a shell would make pipes. In JavaScript every read goes into one buffer (onread of net.Socket) and every write leaves from one, as long as the kernel takes it at once. The child hears of its parent's end, and the parent of the child's.",
    useFor: `Helper programs in any language: compilers, language servers, converters. ${CHILD_ONLY}`,
  },
  'stdout-alloc': {
    ...STREAM,
    title: 'Standard output, allocating',
    short: 'stdout-alloc',
    dash: '11 5 0.5 5 0.5 5',
    routes: ['plugin-child'],
    floor: 'stdout',
    dataPath: null,
    mechanism:
      "stdin and stdout of a child process, as Node's spawn makes them: two pairs of connected AF_UNIX SOCK_STREAM sockets; a new buffer for each message",
    notLive: noStdin('stdout-alloc'),
    sending: 'synchronous',
    senderKnows: 'As with stdout.',
    onTheWay:
      "The same path through the kernel. In JavaScript Node makes a new buffer for each read (the 'data' event), and each write has a copy of its own: what child.stdout.on('data') and child.stdin.write() do as one usually writes them.",
    useFor: 'The same; beside stdout it shows what a new buffer for each message costs.',
  },
  tcp: {
    ...STREAM,
    title: 'TCP',
    short: 'tcp',
    dash: '9 4.5 0.5 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'tcp',
    dataPath: 'either',
    serve: 'port',
    mechanism:
      "AF_INET SOCK_STREAM on 127.0.0.1, TCP_NODELAY on (Node's net; read and written by the native addon, where it is there)",
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay:
      'The whole of TCP/IP, twice: segment, route, the loopback interface, a soft interrupt, the receive queue, an acknowledgement back. With TCP_NODELAY each write leaves at once.',
    useFor:
      'Whatever may stand on another machine tomorrow. Other users of this machine can reach it: check who comes.',
  },
  'tcp-delay': {
    ...STREAM,
    title: 'TCP, delayed',
    short: 'tcp-delay',
    dash: '9 4.5 0.5 4.5 0.5 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'tcp-delay',
    dataPath: 'either',
    serve: 'port',
    mechanism:
      "AF_INET SOCK_STREAM on 127.0.0.1, TCP_NODELAY off: Nagle's algorithm at work (Node's net; read and written by the native addon, where it is there)",
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay:
      "As TCP, but Nagle's algorithm holds a small segment back while an earlier one is unacknowledged. With one message under way nothing is ever held back; with several, and a receiver that delays its acknowledgements, up to some 40 ms.",
    useFor:
      'Many small writes where fewer packets count for more than the wait. What Node.js does when nobody says anything: it leaves the algorithm on.',
  },
  tcp6: {
    ...STREAM,
    title: 'TCP, IPv6',
    short: 'tcp6',
    dash: '9 4.5 4 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'tcp6',
    dataPath: 'either',
    serve: 'port',
    mechanism:
      "AF_INET6 SOCK_STREAM on ::1, TCP_NODELAY on (Node's net; read and written by the native addon, where it is there)",
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay: "As TCP, through the kernel's IPv6 code with its longer header.",
    useFor: 'The same; to see whether the address family makes a difference (hardly).',
  },
  udp: {
    ...UDP,
    title: 'UDP',
    short: 'udp',
    dash: '3 4.5 0.5 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'udp',
    dataPath: 'either',
    serve: 'port',
    mechanism:
      "AF_INET SOCK_DGRAM on 127.0.0.1, both ends connected (Node's dgram; read and written by the native addon, where it is there)",
    sending: 'asynchronous',
    senderKnows: UDP_KNOWS,
    onTheWay:
      "UDP/IP and the loopback interface, into the receiving socket's buffer (net.core.rmem_default bytes); when that is full the kernel drops the datagram without a word. Both ends are connected: the kernel keeps others out, and tells when the port is gone.",
    useFor: 'Streams of which only the latest counts, also across machines: media, metrics, discovery.',
  },
  udp6: {
    ...UDP,
    title: 'UDP, IPv6',
    short: 'udp6',
    dash: '3 4.5 0.5 4.5 0.5 4.5',
    routes: BETWEEN_PLUGINS,
    floor: 'udp6',
    dataPath: 'either',
    serve: 'port',
    mechanism:
      "AF_INET6 SOCK_DGRAM on ::1, both ends connected (Node's dgram; read and written by the native addon, where it is there)",
    sending: 'asynchronous',
    senderKnows: UDP_KNOWS,
    onTheWay:
      "As UDP, through the kernel's IPv6 code. The largest datagrams don't fit into one packet of the loopback interface and go as two fragments.",
    useFor: 'The same over IPv6.',
  },
  icmp: {
    ...UDP,
    title: 'ICMP echo',
    short: 'icmp',
    dash: '3 9',
    routes: ['plugin-kernel'],
    floor: 'icmp',
    dataPath: null,
    mechanism: 'AF_INET SOCK_RAW IPPROTO_ICMP to 127.0.0.1, which the kernel itself answers (native addon)',
    notLive:
      'The kernel answers ICMP by itself: no ping would reach the plugin. Measure it on the Benchmark page, or with bin/bulkhead bench --method icmp.',
    sending: 'asynchronous',
    senderKnows: 'A send says only that the request left. Whether it was answered takes the answer.',
    onTheWay:
      "An echo request through IP and the loopback interface to the kernel's own ICMP code, which sends the bytes back; a filter in the kernel lets in the answers to this socket alone. No second process and no wake-up of one: the answer waits when the send returns, and the addon, which drains, takes it in the same turn of the event loop.",
    useFor:
      'What a ping of the network stack itself costs, with one process. It carries nothing to anybody, so it is a method of the benchmark and not of the live view, and needs the right to raw sockets (root, or CAP_NET_RAW).',
  },
  shmem: {
    ...RING,
    title: 'Shared memory',
    short: 'shmem',
    dash: '3 3',
    routes: BETWEEN_PLUGINS,
    floor: 'shmem',
    dataPath: null,
    mechanism:
      'a file in /dev/shm mapped by both processes, a ring for each direction; the reader spins for a while, then sleeps on a futex (native addon)',
    sending: 'asynchronous',
    senderKnows: MEMORY_KNOWS,
    onTheWay:
      'While the reader spins, nothing in the kernel: the bytes go from cache to cache. Once it sleeps, a futex call wakes it, and its event loop after it.',
    useFor: 'Large or very frequent data between processes that trust each other. A peer that dies says nothing.',
  },
  'shmem-futex': {
    ...RING,
    title: 'Shared memory, futex',
    short: 'futex',
    dash: '3 3 3 8',
    routes: BETWEEN_PLUGINS,
    floor: 'shmem-futex',
    dataPath: null,
    mechanism:
      'a file in /dev/shm mapped by both processes, a ring for each direction; the reader sleeps on a futex at once (native addon)',
    sending: 'asynchronous',
    senderKnows: MEMORY_KNOWS,
    onTheWay:
      'A futex call for each message to a sleeping reader: a system call, a thread switch, and the event loop. The bytes themselves never enter the kernel.',
    useFor: 'The same where a spinning core is too costly; beside shmem it shows what sleeping costs.',
  },
  file: {
    ...RING,
    title: 'Shared file',
    short: 'file',
    dash: '2.5 8',
    routes: BETWEEN_PLUGINS,
    floor: 'file',
    dataPath: null,
    mechanism:
      'two regular files (mode 0600), a mailbox for each direction: pwrite, pread, and inotify to wake the reader',
    sending: 'asynchronous',
    senderKnows:
      'A write says that the bytes are in the page cache. That they were read shows only in the count that the reader writes into its own file.',
    onTheWay:
      "pwrite copies into the page cache and inotify puts an event into the reader's queue, which wakes its event loop; pread copies out. Nobody waits for a disk; the file system may write to one behind it.",
    useFor: 'Data that has to outlive both processes, and to see what the oldest of the three ways of IPC costs.',
  },
} as const satisfies Record<string, TransportRow>;

export type TransportId = keyof typeof ROWS;
export interface TransportInfo extends TransportRow {
  id: TransportId;
}

/** In the order in which they are listed everywhere. */
export const TRANSPORT_IDS = Object.keys(ROWS) as TransportId[];
export const TRANSPORTS = Object.fromEntries(
  TRANSPORT_IDS.map((id): [TransportId, TransportInfo] => [id, { id, ...ROWS[id] }]),
) as Record<TransportId, TransportInfo>;

/** Those that two plain processes can speak, each started by a person: `bulkhead serve` and `ping`. */
export type ServedTransport = {
  [T in TransportId]: (typeof ROWS)[T] extends { serve: string } ? T : never;
}[TransportId];
export const SERVED_TRANSPORTS = TRANSPORT_IDS.filter(
  (id): id is ServedTransport => TRANSPORTS[id].serve !== undefined,
);

/** The routes of each, as they stand in its row: `bench/routes.ts` holds them to those that there are. */
export type RouteOfTransport = (typeof ROWS)[TransportId]['routes'][number];

export const RENDERER_TRANSPORTS: readonly TransportId[] = TRANSPORT_IDS.filter((id) => TRANSPORTS[id].renderer);
export const ENABLED_FROM_THE_START: ReadonlySet<TransportId> = new Set(
  TRANSPORT_IDS.filter((id) => TRANSPORTS[id].fromTheStart),
);

/** Whether a transport can run here, and if not, why and what to do about it. */
export type Availability = { available: true } | { available: false; reason: Message };
