/**
 * Bulkhead's native addon (Linux). `require` the folder that the set-up built: the key `bulkhead-native` of
 * `BULKHEAD_ADDONS`. The program `bulkhead-floor` lies in the same folder.
 *
 * Every failure is thrown as a {@link NativeError}, wrong arguments as TypeError or RangeError. Times are nanoseconds,
 * whole numbers; sizes are bytes. Bytes are copied in and out: nothing here shares memory with JavaScript, and a buffer
 * may be reused as soon as a call returns. Nothing may be called on what is closed (`EBADF`) except `stats` and `close`.
 */

/** What failed: `code` as in 'EAGAIN', the system call if there was one, and a sentence as the message. */
export interface NativeError extends Error {
  code: string;
  /** Negative, as Node's. */
  errno: number;
  syscall?: string;
}

/** CLOCK_MONOTONIC in ns, as process.hrtime; exact to 1 ns for the first 104 days after the machine's start. */
export function monotonicNs(): number;

/** The smallest step in ns between two successive reads of the clock, measured now (takes about 50 µs). */
export function clockResolutionNs(): number;

/** The CPUs that this process's main thread may run on, ascending. */
export function getAffinity(): number[];

/**
 * Moves every thread of this process to `cpus` (0 to 1023, at least one): all or nothing. Threads that start later
 * inherit from the one that starts them. Throws EINVAL naming the CPUs that can't be had, EPERM when not permitted.
 */
export function setAffinity(cpus: readonly number[]): void;

/**
 * What a listener hears. `length` bytes of the message stand at the start of the buffer until the callback returns.
 * -1: the end, after which nothing more comes; `error` says why if it wasn't orderly. What the callback throws is an
 * uncaught exception. Promises and ticks that it leaves behind run when there is nothing more to receive, at the latest
 * after 2 ms. `readAtNs`, as `monotonicNs`: when it was read, where that was asked for.
 */
export type MessageCallback = (length: number, error?: NativeError, readAtNs?: number) => void;

interface Receiver {
  /**
   * Takes one message if there is one. Returns its length, or -1 without one. Never blocks. Throws EMSGSIZE when the
   * message is larger than `into`.
   */
  receive(into: Uint8Array): number;

  /**
   * The same, but waits: looks again and again for `spinNs`, then sleeps in the kernel, `timeoutNs` in all (0 to 1 h
   * each). Returns -1 after that time. **Blocks the thread**: for processes that have no event loop to serve.
   */
  receiveWait(into: Uint8Array, spinNs: number, timeoutNs: number): number;

  /**
   * Receives through the event loop into the one buffer `into` (at least 1 byte) and calls `callback` for each
   * message, until `close`. A second call replaces the first. A message larger than `into` is dropped and counted as
   * `truncated`. Transferring `into` away ends it with EFAULT.
   */
  onMessage(into: Uint8Array, callback: MessageCallback): void;

  /**
   * How a listener waits for the next message before it goes back to the event loop, whose wake-ups cost thread hops:
   * `spinNs` (0 to 2 ms) of looking again and again, then `lingerNs` (0 to 2 ms) asleep on this one descriptor or
   * futex. Both hold up the loop's other work, Chromium's included, for as long: at most 2 ms in one turn, and hardly
   * ever when waiting has not paid off lately. `maxPerTurn` (1 to 65536): messages before the loop gets its turn.
   * Default 0, 0, 64.
   */
  setWait(spinNs: number, lingerNs: number, maxPerTurn: number): void;

  /** Whether the callback is told when its message was read. False at first. */
  stampReads(on: boolean): void;

  /** Gives everything back, own files included. A second call does nothing. Allowed inside the callback. */
  close(): void;
}

/**
 * One end of a shared-memory channel: messages of 0 to `ringBytes` - 8 bytes, in order, both ways. One end per
 * process; it belongs to the thread that made it.
 */
export interface SharedChannel extends Receiver {
  /**
   * Returns 0 when sent, -1 when the ring is full. Never blocks. There is no wake-up for room: try again after the next
   * message from the peer, or later. Throws EMSGSIZE when the ring could never hold it, EPROTO when the peer's index
   * makes no sense.
   */
  send(bytes: Uint8Array): 0 | -1;

  /**
   * As described, and: also returns early with -1 when the peer has closed. Throws EBUSY while a listener is on. A
   * message larger than `into` stays in place (EMSGSIZE). Throws EPROTO when what the peer wrote makes no sense; the
   * channel is of no use then.
   */
  receiveWait(into: Uint8Array, spinNs: number, timeoutNs: number): number;

  /** `peerClosed`: in order; a peer that was killed says nothing. Counters since the start. */
  stats(): { ringBytes: number; maxBytes: number; truncated: number; wakeUps: number; peerClosed: boolean };
}

/**
 * Makes the file `path`, which must not exist, with mode 0600, and is its first end. Put it into /dev/shm, or the file
 * system will write it to disk. `ringBytes`: a power of two from 4096 to 67108864, for each direction. `close` removes
 * the file. Throws EEXIST, ENOSPC, EINVAL (not a power of two) …
 *
 * The peer is a process of the same user. Whatever it writes into the memory, this side reads and writes inside it;
 * but a peer that shortens the file makes any access to it a SIGBUS, as with every mapped file.
 */
export function createSharedChannel(path: string, ringBytes: number): SharedChannel;

/**
 * The second end. Throws ENOENT, EPROTO (not such a file, another version, a damaged header), EPERM (another user's),
 * EBUSY (opened before: also by a peer that has died since; make a new channel then).
 */
export function openSharedChannel(path: string): SharedChannel;

export interface EndpointStats {
  /** Handed to the kernel. */
  sent: number;
  /** In this process's queue now. */
  waiting: number;
  /** Refused because the kernel and the queue were full. */
  full: number;
  /** Lost from the queue because the peer went away. */
  dropped: number;
  received: number;
  truncated: number;
  /**
   * Errors that receiving on a datagram socket brought up (ECONNREFUSED, ECONNRESET); the socket lives on. After an
   * ECONNREFUSED the next `send` throws it.
   */
  errors: number;
  /** Times that the event loop found something to receive: `received` / `wakeUps` is what draining saves. */
  wakeUps: number;
  /** Largest message; 2^53 for streams. */
  maxBytes: number;
}

/** Descriptors polled by the event loop, drained until there is nothing left. */
interface Endpoint extends Receiver {
  /**
   * Returns 0 when the kernel took it; n > 0 when it waits in the queue, then n messages long: back-pressure; -1 when
   * the queue is full, too, and nothing was sent. The queue empties by itself, in order. Throws EMSGSIZE for a datagram
   * over the send buffer, ECONNREFUSED, EPIPE … when the peer is gone.
   */
  send(bytes: Uint8Array): number;
  /** `maxMessages` (0 to 65536; streams 1), `maxBytes` (0 to 2^30; one message always fits). Default 256, 4 MiB. */
  setQueue(maxMessages: number, maxBytes: number): void;
  stats(): EndpointStats;
}

/** A Unix datagram socket, non-blocking and close-on-exec. */
export interface DatagramSocket extends Endpoint {
  /** Receives at `path` (1 to 107 bytes, must not exist; mode 0600). `close` removes it. Throws ENAMETOOLONG, EADDRINUSE … */
  bind(path: string): void;
  /** From now on `send` goes to `path`, and the kernel lets only that socket send here. Throws ENOENT, ECONNREFUSED … */
  connect(path: string): void;
  /** Sends to `path` without the queue: 0, or -1 when the receiver's queue is full (there is no wake-up for room). */
  sendTo(bytes: Uint8Array, path: string): 0 | -1;
}

export function createDatagramSocket(): DatagramSocket;

/**
 * A UDP socket, bound to a port of the kernel's choice on 127.0.0.1 (4) or ::1 (6), as a bare descriptor: for
 * `socket.bind({ fd })` of node:dgram, which then closes it. Throws EAFNOSUPPORT, EADDRNOTAVAIL …
 */
export function openUdpSocket(family: 4 | 6): number;

/**
 * The same native polling for a datagram socket of another maker, such as a connected UDP socket of node:dgram. `fd` is
 * duplicated and stays the caller's to close, but becomes non-blocking, and must no longer be read by its maker.
 */
export function wrapDatagramSocket(fd: number): Endpoint;

/**
 * The same for streams: pipes, FIFOs, Unix and TCP sockets. `readFd` and `writeFd` may be equal. `receive` and the
 * callback give any cut of the stream; its end is -1 for the callback and 0 for `receive` and `receiveWait`.
 */
export function wrapStream(readFd: number, writeFd: number): Endpoint;

/**
 * A raw socket for ICMP echo requests to 127.0.0.1, which the kernel itself answers: what `send` takes (0 to 65507
 * bytes) comes back as one message, the very same bytes. Header, checksum and a random identifier are the addon's, and
 * a filter in the kernel lets in nothing but the answers to this socket. An answer that finds the receive buffer full is
 * lost. Throws EPERM without the right to raw sockets (CAP_NET_RAW).
 */
export function openIcmpSocket(): Endpoint;

/** What {@link waitByItself} gives. */
export interface OwnWait {
  /**
   * Only inside of `serve`: sleeps until there is something, and gives the function that is to be called with `said`;
   * undefined when `serve` is to return.
   */
  next(): MessageCallback | undefined;
  /** Calls `onAlarm` once, in `inNs` (0 to 1 h) from now, exact to some microseconds. Replaces the last; -1: not at all. */
  setAlarm(inNs: number): void;
  /** Listeners waited for now; times that it slept, or looked; turns of the event loop meanwhile. */
  stats(): { waitedFor: number; sleeps: number; loopTurns: number };
}

/**
 * From now on this thread waits in the addon, on all its listening endpoints at once and on its event loop beside them:
 * one wake-up of one thread for each message, and an alarm finer than a timer. Everything else (timers, messages of other
 * threads, Node's own sockets, shared channels) goes on as before. For endpoints that begin to listen after the call. A
 * second call replaces the functions. **Only in a worker thread**, or a process of plain Node.js: a main thread of
 * Electron's would stand still.
 *
 * @param serve calls what `next` gives, with `said[0]` as length and `said[1]` as the time of reading (NaN without
 * `stampReads`), until it gives nothing more. Promises and ticks run when it has
 *   returned, which is before each sleep
 */
export function waitByItself(serve: () => void, said: Float64Array, onAlarm: () => void): OwnWait;
