// @ts-check
import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { createConnection, createServer, Socket } from 'node:net';
import { join } from 'node:path';

/**
 * Both ends of one byte stream between two processes, with Node.js alone.
 *
 * @typedef {{ transport: string, directory: string, bytes: number }} Path
 * @typedef {(bytes: Uint8Array) => void} Send
 */

/**
 * @param {Path} path
 * @param {() => void} opened the other end can be opened
 * @param {(bytes: Uint8Array) => void} heard gets what it sends
 * @returns {Promise<Send>}
 */
export async function listenOver({ transport, directory }, opened, heard) {
  if (transport === 'fifo') {
    execFileSync('mkfifo', [join(directory, 'to'), join(directory, 'from')]);
    const { reader, writer } = pipes(directory, 'from', 'to');
    reader.on('data', heard);
    opened();
    return (bytes) => writer.write(bytes);
  }
  const server = createServer();
  const came = new Promise((resolve) => server.once('connection', resolve));
  server.listen(join(directory, 'socket'), opened);
  const socket = /** @type {Socket} */ (await came);
  socket.on('data', heard);
  return (bytes) => socket.write(bytes);
}

/** Sends back whatever comes. */
export function answerOver(/** @type {Path} */ { transport, directory }) {
  if (transport === 'fifo') {
    const { reader, writer } = pipes(directory, 'to', 'from');
    reader.on('data', (bytes) => writer.write(bytes));
  } else {
    const socket = createConnection(join(directory, 'socket'));
    socket.on('data', (bytes) => socket.write(bytes));
  }
}

/** Opened read-write, which blocks for nobody, and polled: a stream of `fs` would hold a thread of libuv's pool. */
function pipes(/** @type {string} */ directory, /** @type {string} */ reads, /** @type {string} */ writes) {
  const open = (/** @type {string} */ name) => openSync(join(directory, name), constants.O_RDWR | constants.O_NONBLOCK);
  return {
    reader: new Socket({ fd: open(reads), readable: true, writable: false }),
    writer: new Socket({ fd: open(writes), readable: false, writable: true }),
  };
}
