import { fstatSync, writeSync } from 'node:fs';
import { words } from '../../shared/messages/message';

/**
 * Resolves when the text has left this process: an exit right after must not cut it. What stood in the way is a sentence
 * for a person, or null; a reader that went away is among it, for what it asked for did not arrive.
 */
export async function writeStandardOutput(text: string): Promise<string | null> {
  try {
    if (isFileOrDevice()) writeAll(Buffer.from(text));
    else await writeStream(text);
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'EPIPE':
        return words('bench-command.not-printed-reader');
      case 'ENOSPC':
        return words('bench-command.not-printed-full');
      default:
        return words('bench-command.not-printed', { cause: message });
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
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
