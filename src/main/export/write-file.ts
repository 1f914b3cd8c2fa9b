import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Piece } from '../../shared/recording/write';

/**
 * Writes a file whole or not at all: the pieces go to a temporary file beside it, which takes its place at the end.
 * Between pieces the browser process gets to do its other work. Rejects with the cause (a `NodeJS.ErrnoException`, or
 * the abort's reason) when it can't be written; nothing is left behind then.
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<Piece>,
  onProgress: (samples: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
  const file = await open(temporary, 'wx');
  try {
    for (const piece of pieces) {
      signal.throwIfAborted();
      // Awaiting the disk also lets the event loop turn: pings and windows go on between pieces.
      await file.appendFile(piece.content);
      if (piece.samples > 0) onProgress(piece.samples);
    }
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What went wrong with a write, and what to do, for a person. */
export function describeWriteFailure(path: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `${path} was not written: the disk is full. Free some space, or choose another folder.`;
    case 'EACCES':
    case 'EPERM':
      return `${path} was not written: you may not write there. Choose a folder that is yours.`;
    case 'EROFS':
      return `${path} was not written: that file system is read-only. Choose another folder.`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `${path} was not written: its folder is not there (any more). Choose another folder.`;
    case 'EISDIR':
      return `${path} was not written: there is a folder of that name. Choose another name.`;
    default:
      return `${path} was not written: ${said}. Try again, or choose another folder.`;
  }
}
