import { randomBytes } from 'node:crypto';
import { constants, fstatSync, type Stats, write as writeCallback } from 'node:fs';
import { mkdir, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Message, MessageError, saidBy, say } from '../shared/messages/message';

/**
 * Writing to a place that a person has named. Everything that does goes through here: the exports, the benchmark's files,
 * those of `bulkhead ping`.
 */

const write = promisify(writeCallback);
/** How long to wait before the next look at a pipe or terminal that takes nothing at the moment. */
const FULL_PAUSE_MS = 5;
/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * A regular file is written whole or not at all: the pieces go to a temporary file beside it, which takes its place at
 * the end, and nothing is left behind by a failure. Links are followed, also to a file that isn't there yet. What is no
 * regular file (a FIFO, a device) stays what it is and has the pieces written into it; it gets what there was before a
 * failure. Between pieces the process gets to do its other work, and no write ever blocks it. Rejects with the cause: a
 * `NodeJS.ErrnoException` for `describeWriteFailure`, or the reason of `signal`, which also ends the waiting for a reader
 * that is slow.
 */
export async function writeOutput(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  signal.throwIfAborted();
  const there = await statOrNull(path);
  if (there === null) return writeWhole(await endOfLinks(path), pieces, signal);
  if (!there.isFile()) return writeThrough(path, there, pieces, signal);
  // `--csv /dev/stdout > file`: in its place, the file would lack what is printed before and afterwards.
  const own = [1, 2].find((descriptor) => isBehind(descriptor, there));
  if (own === undefined) await writeWhole(await realpath(path), pieces, signal);
  else for (const piece of pieces) await writeAll(own, piece, signal);
}

/** Makes a folder with those above it, also where a link leads. Does nothing when it is there. */
export async function makeFolder(path: string): Promise<void> {
  // Not `recursive`: below a folder of /proc that isn't there, Node.js would try for ever.
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await mkdir(path);
      return;
    }
    const there = await statOrNull(path);
    if (there?.isDirectory() === true) return;
    if (code !== 'EEXIST') throw error;
    if (there !== null) throw withCode('ENOTDIR', `${path} is no folder`);
    await makeFolder(await endOfLinks(path));
  }
}

/** What went wrong with a write, and what to do, for a person. */
export function describeWriteFailure(path: string, error: unknown): Message {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return say('write.disk-full', { path });
    case 'EACCES':
    case 'EPERM':
      return say('write.not-allowed', { path });
    case 'EROFS':
      return say('write.read-only', { path });
    case 'ENOENT':
    case 'ENOTDIR':
      return say('write.no-folder', { path });
    case 'EISDIR':
      return say('write.is-folder', { path });
    case 'ELOOP':
      return say('write.link-to-itself', { path });
    case 'ENXIO':
      return say('write.no-reader', { path });
    case 'EPIPE':
      return say('write.reader-left', { path });
    default:
      return say('write.failed', { path, cause: saidBy(error) });
  }
}

async function writeWhole(path: string, pieces: Iterable<string | Uint8Array>, signal: AbortSignal): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
  const file = await open(temporary, 'wx');
  try {
    for (const piece of pieces) await writeAll(file.fd, piece, signal);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeThrough(
  path: string,
  there: Stats,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  // To open one fails as with a FIFO that nobody reads.
  if (there.isSocket()) throw new MessageError(say('write.socket'));
  // Non-blocking: without a reader a FIFO is refused (ENXIO) instead of waited for. Windows has neither flag.
  const file = await open(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    for (const piece of pieces) await writeAll(file.fd, piece, signal);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
}

/** A write may take less than it is given, and a full pipe nothing. */
async function writeAll(descriptor: number, piece: string | Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let left = typeof piece === 'string' ? Buffer.from(piece) : piece;
  while (left.byteLength > 0) {
    try {
      const { bytesWritten } = await write(descriptor, left, 0, left.byteLength, null);
      left = left.subarray(bytesWritten);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      await delay(FULL_PAUSE_MS);
      signal.throwIfAborted();
    }
  }
}

/** Where links lead that don't lead to anything yet; `path` itself when it is none. */
async function endOfLinks(path: string): Promise<string> {
  let end = path;
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const to = await readlink(end).catch(() => null);
    if (to === null) return end;
    end = resolve(await realpath(dirname(end)), to);
  }
  throw withCode('ELOOP', `${path} leads back to itself`);
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether a descriptor of this process is open on that very file. */
function isBehind(descriptor: number, { dev, ino }: Stats): boolean {
  try {
    const own = fstatSync(descriptor);
    return own.dev === dev && own.ino === ino;
  } catch {
    return false;
  }
}

function withCode(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
