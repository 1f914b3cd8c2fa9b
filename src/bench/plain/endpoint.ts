import { lstatSync, unlinkSync } from 'node:fs';
import { MessageError, say } from '../../shared/messages/message';

/** A running server: where it is, in words, and how to end it. Its files go with it. */
export interface Server {
  where: string;
  /** Messages answered so far. */
  answered: () => number;
  close(): void;
}

/** Something is at the place where a server was to be; the sentence says what, and what to do. */
export class PlaceTaken extends MessageError {}

/** Device and inode: whether a path is still the file that was made there. */
export function identityOf(path: string): string | null {
  try {
    const { dev, ino } = lstatSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/** Removes a file, but not one that somebody else has put there since. */
export function removeOwn(path: string, identity: string | null): void {
  if (identity === null || identityOf(path) !== identity) return;
  try {
    unlinkSync(path);
  } catch {
    // Somebody was faster.
  }
}

/** What is at a path: nothing, the kind of file that belongs there, or something that must not be touched. */
export function lookAt(path: string, kind: 'socket' | 'fifo'): 'nothing' | 'right' | 'wrong' {
  try {
    const stat = lstatSync(path);
    return (kind === 'socket' ? stat.isSocket() : stat.isFIFO()) ? 'right' : 'wrong';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
    throw error;
  }
}

export function wrongKind(path: string): PlaceTaken {
  return new PlaceTaken(say('plain.wrong-kind', { path }));
}

export function servedAlready(where: string): PlaceTaken {
  return new PlaceTaken(say('plain.served-already', { where }));
}
