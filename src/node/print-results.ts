import { fstatSync, writeSync } from 'node:fs';
import { type Message, say } from '../shared/messages/message';

/**
 * Prints what a person asked for. Resolves when the pieces have left this process: an exit right after must not cut them.
 * What stood in the way, or null; a reader that went away is among it, for what it asked for did not arrive.
 */
export async function printResults(pieces: Iterable<string>): Promise<Message | null> {
  try {
    const direct = isFileOrDevice();
    for (const text of pieces) {
      if (direct) writeAll(Buffer.from(text));
      else await writeStream(text);
    }
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'EPIPE':
        return say('print.reader-left');
      case 'ENOSPC':
        return say('print.disk-full');
      default:
        return say('print.failed', { cause: message });
    }
  }
}

/** Node's own stream to a file takes a short write, as a full disk makes it, for a whole one. */
function isFileOrDevice(): boolean {
  if (process.stdout.isTTY) return false;
  const kind = fstatSync(1);
  return kind.isFile() || kind.isCharacterDevice();
}

function writeAll(bytes: Buffer): void {
  for (let written = 0; written < bytes.byteLength;) written += writeSync(1, bytes, written);
}

function writeStream(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(text, (error) => {
      process.stdout.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}
