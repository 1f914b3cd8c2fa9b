import { open } from 'node:fs/promises';
import { type LocustMoment, readHistory } from './tables';

/** More than this at once is not a few seconds' worth of lines. */
const MAX_BYTES = 1024 * 1024;

/** Locust's history as it grows. */
export class HistoryTail {
  readonly #file: string;
  #offset = 0;
  #head: string | null = null;
  /** The beginning of a line whose end is not written yet. */
  #rest = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
  }

  /** What has come since the last call; nothing as long as there is no such file. */
  async read(): Promise<LocustMoment[]> {
    const bytes = Buffer.concat([this.#rest, await this.#added()]);
    const end = bytes.lastIndexOf('\n') + 1;
    this.#rest = bytes.subarray(end);
    const text = bytes.subarray(0, end).toString();
    if (this.#head !== null) return readHistory(`${this.#head}${text}`);
    const headEnd = text.indexOf('\n') + 1;
    if (headEnd === 0) return [];
    this.#head = text.slice(0, headEnd);
    return readHistory(text);
  }

  async #added(): Promise<Buffer> {
    const handle = await open(this.#file).catch(() => null);
    if (handle === null) return Buffer.alloc(0);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, this.#offset);
      this.#offset += bytesRead;
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}
