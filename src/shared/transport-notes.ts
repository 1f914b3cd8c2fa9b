import type { TransportId } from './transport-catalog';

/** What a person should know of a transport besides its row in the catalogue. `docs/transports.md` says the same. */
export interface TransportNotes {
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

const TCP_KNOWS =
  "The receiving kernel acknowledges every byte; what isn't acknowledged is sent again, and a broken connection is an error.";
const UDP_KNOWS = 'A send says only that the datagram left. Whether it arrived takes an answer: here, the pong.';
const DGRAM_KNOWS =
  "A send that succeeds has put the datagram into the receiving socket's queue. When that is full it would block; these sockets refuse instead.";
const CHILD_ONLY =
  "Only between a process and a child that it has started: a renderer or a plugin is Chromium's child and has no stdin, so this is a method of the benchmark and not of the live view.";
const MEMORY_KNOWS =
  'A send says that the bytes are in the ring. That they were taken shows only in the index that the reader writes.';

export const TRANSPORT_NOTES: Record<TransportId, TransportNotes> = {
  'message-port': {
    sending: 'asynchronous',
    senderKnows: 'Nothing: postMessage returns at once, and messages to a dead peer vanish.',
    onTheWay:
      "V8 serialises the value; Mojo carries the bytes over a Unix socket between the two processes' I/O threads, large ones in shared memory; the receiving thread's event loop gets a task and deserialises.",
    useFor:
      'Whatever has a sandboxed renderer at one end, also directly to a plugin, and handing ports over. The first choice between Electron processes.',
  },
  'ipc-invoke': {
    sending: 'asynchronous',
    senderKnows:
      'The renderer nothing, until its promise settles; the browser process nothing at all: an answer to a renderer that is gone vanishes. While no invoke is held, up to 2 MiB wait for the next, then a send is refused.',
    onTheWay:
      "V8 serialises the arguments; Mojo carries them over the frame's own interface, in order with its other IPC; the browser process's event loop calls the handler, and the answer goes back as the reply to that one call and settles its promise. Here a ping is an answer, and the pong the next invoke.",
    useFor:
      'What most applications use between page and browser process: a request and its answer, a promise each. Check the sender; for a stream of messages a port is cheaper.',
  },
  'utility-post': {
    sending: 'asynchronous',
    senderKnows: 'Nothing, as with a message port.',
    onTheWay:
      'As with a message port, but over the one pipe that a utility process is born with: the frames keep their order with the control messages, and wait behind them.',
    useFor: "Now and then a message to one's own utility process, where a port of its own isn't worth it.",
  },
  'unix-dgram': {
    sending: 'synchronous',
    senderKnows: DGRAM_KNOWS,
    onTheWay:
      "One copy into a kernel buffer, which goes straight into the receiving socket's queue (net.unix.max_dgram_qlen messages, often 10) and wakes its poller; one copy out. No network code is involved.",
    useFor: 'Messages with boundaries on one machine, many senders to one receiver: logging, service notifications.',
  },
  'unix-dgram-native': {
    sending: 'synchronous',
    senderKnows: DGRAM_KNOWS,
    onTheWay:
      'The same path through the kernel. In the process the addon polls the socket, drains it on one wake-up and copies into one buffer that is never made anew.',
    useFor: 'The same; beside the unix-dgram package it shows what the way from socket to JavaScript costs.',
  },
  'unix-stream': {
    sending: 'synchronous',
    senderKnows:
      "A write that succeeds has put the bytes into the receiver's queue. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.",
    onTheWay:
      "Copied into kernel buffers that hang at the receiving socket's queue, whose poller is woken; copied out. No network code. Either end hears when the other goes.",
    useFor: 'The usual choice between processes of one machine that want a connection: databases, D-Bus, Docker, X11.',
  },
  fifo: {
    sending: 'synchronous',
    senderKnows:
      'A write that succeeds has put the bytes into the pipe. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.',
    onTheWay:
      "Copied into the pipe's ring of pages (64 KiB), which wakes the reader; copied out. One direction for each pipe. Writes of up to 4,096 bytes are never mixed with another writer's.",
    useFor: 'One-way streams between processes that share a name and nothing else; shells and scripts.',
  },
  stdout: {
    sending: 'synchronous',
    senderKnows:
      "A write that succeeds has put the bytes into the receiver's queue. When that is full it would block; here up to 2 MiB wait in the process, then a send is refused.",
    onTheWay:
      "As with a Unix stream, for that is what Node makes of stdio 'pipe'; a shell would make pipes. In JavaScript every read goes into one buffer (onread of net.Socket) and every write leaves from one, as long as the kernel takes it at once. The child hears of its parent's end, and the parent of the child's.",
    useFor: `Helper programs in any language: compilers, language servers, converters. ${CHILD_ONLY}`,
  },
  'stdout-alloc': {
    sending: 'synchronous',
    senderKnows: 'As with stdout.',
    onTheWay:
      "The same path through the kernel. In JavaScript Node makes a new buffer for each read (the 'data' event), and each write has a copy of its own: what child.stdout.on('data') and child.stdin.write() do as one usually writes them.",
    useFor: 'The same; beside stdout it shows what a new buffer for each message costs.',
  },
  tcp: {
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay:
      'The whole of TCP/IP, twice: segment, route, the loopback interface, a soft interrupt, the receive queue, an acknowledgement back. With TCP_NODELAY each write leaves at once.',
    useFor:
      'Whatever may stand on another machine tomorrow. Other users of this machine can reach it: check who comes.',
  },
  'tcp-delay': {
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay:
      "As TCP, but Nagle's algorithm holds a small segment back while an earlier one is unacknowledged. With one message under way nothing is ever held back; with several, and a receiver that delays its acknowledgements, up to some 40 ms.",
    useFor:
      'Many small writes where fewer packets count for more than the wait. What Node.js does when nobody says anything: it leaves the algorithm on.',
  },
  tcp6: {
    sending: 'synchronous',
    senderKnows: TCP_KNOWS,
    onTheWay: "As TCP, through the kernel's IPv6 code with its longer header.",
    useFor: 'The same; to see whether the address family makes a difference (hardly).',
  },
  udp: {
    sending: 'asynchronous',
    senderKnows: UDP_KNOWS,
    onTheWay:
      "UDP/IP and the loopback interface, into the receiving socket's buffer (net.core.rmem_default bytes); when that is full the kernel drops the datagram without a word. Both ends are connected: the kernel keeps others out, and tells when the port is gone.",
    useFor: 'Streams of which only the latest counts, also across machines: media, metrics, discovery.',
  },
  udp6: {
    sending: 'asynchronous',
    senderKnows: UDP_KNOWS,
    onTheWay:
      "As UDP, through the kernel's IPv6 code. The largest datagrams don't fit into one packet of the loopback interface and go as two fragments.",
    useFor: 'The same over IPv6.',
  },
  icmp: {
    sending: 'asynchronous',
    senderKnows: 'A send says only that the request left. Whether it was answered takes the answer.',
    onTheWay:
      "An echo request through IP and the loopback interface to the kernel's own ICMP code, which sends the bytes back; a filter in the kernel lets in the answers to this socket alone. No second process and no wake-up of one: the answer waits when the send returns, and the addon, which drains, takes it in the same turn of the event loop.",
    useFor:
      'What a ping of the network stack itself costs, with one process. It carries nothing to anybody, so it is a method of the benchmark and not of the live view, and needs the right to raw sockets (root, or CAP_NET_RAW).',
  },
  shmem: {
    sending: 'asynchronous',
    senderKnows: MEMORY_KNOWS,
    onTheWay:
      'While the reader spins, nothing in the kernel: the bytes go from cache to cache. Once it sleeps, a futex call wakes it, and its event loop after it.',
    useFor: 'Large or very frequent data between processes that trust each other. A peer that dies says nothing.',
  },
  'shmem-futex': {
    sending: 'asynchronous',
    senderKnows: MEMORY_KNOWS,
    onTheWay:
      'A futex call for each message to a sleeping reader: a system call, a thread switch, and the event loop. The bytes themselves never enter the kernel.',
    useFor: 'The same where a spinning core is too costly; beside shmem it shows what sleeping costs.',
  },
  file: {
    sending: 'asynchronous',
    senderKnows:
      'A write says that the bytes are in the page cache. That they were read shows only in the count that the reader writes into its own file.',
    onTheWay:
      "pwrite copies into the page cache and inotify puts an event into the reader's queue, which wakes its event loop; pread copies out. Nobody waits for a disk; the file system may write to one behind it.",
    useFor: 'Data that has to outlive both processes, and to see what the oldest of the three ways of IPC costs.',
  },
};
