import { fstatSync, writeSync } from 'node:fs';

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
        return 'The results could not be printed: the program that reads them ended before it had them all. Write them to a file, for example with --json FILE, or have it read to the end.';
      case 'ENOSPC':
        return 'The results could not be printed: there is no room left where standard output leads. Make room, or name another place.';
      default:
        return `The results could not be printed: ${message}. Name another place for standard output.`;
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
