import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { PubsubMessage, SubscriptionWire } from './protocol';

/**
 * What the embedded server has to know after its own death, a line of JSON each, in one file. What is written there has
 * outlived this process; it isn't synced, so a power cut is another matter.
 */

export type Entry =
  | { kind: 'topic'; name: string }
  | { kind: 'no-topic'; name: string }
  | { kind: 'subscription'; subscription: SubscriptionWire }
  | { kind: 'no-subscription'; name: string }
  /** `to`: the subscriptions that it is for. */
  | { kind: 'message'; to: string[]; message: Omit<PubsubMessage, 'data'>; data: string }
  | { kind: 'ack'; subscription: string; messageIds: string[] };

/** Written anew once it is this long, and then twice as long as what is still needed. */
const REWRITE_BYTES = 32 * 1024 * 1024;

export class Journal {
  readonly #file: string;
  readonly #snapshot: () => Iterable<Entry>;
  #handle: FileHandle;
  #lines: string[] = [];
  #bytes = 0;
  #rewriteAt = REWRITE_BYTES;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  private constructor(file: string, handle: FileHandle, snapshot: () => Iterable<Entry>) {
    this.#file = file;
    this.#handle = handle;
    this.#snapshot = snapshot;
  }

  /**
   * @param apply takes each entry of a journal that is there
   * @param snapshot the fewest entries that lead to the present state
   */
  static async open(folder: string, apply: (entry: Entry) => void, snapshot: () => Iterable<Entry>): Promise<Journal> {
    const file = join(folder, 'journal.jsonl');
    for (const entry of await readEntries(file)) apply(entry);
    const journal = new Journal(file, await open(file, 'a', 0o600), snapshot);
    await journal.#rewrite();
    return journal;
  }

  append(entry: Entry): void {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
  }

  /** Resolves once everything that was appended until now is in the file. One write at a time serves all who wait. */
  flushed(): Promise<void> {
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      this.#current = this.#write();
      return this.#current;
    });
    return this.#next;
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.#handle.close();
  }

  async #write(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    if (text === '') return;
    await this.#handle.appendFile(text);
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes > this.#rewriteAt) await this.#rewrite();
  }

  /** What is appended meanwhile is in the snapshot already, or comes after it into the new file. */
  async #rewrite(): Promise<void> {
    this.#lines = [];
    const lines = Array.from(this.#snapshot(), (entry) => `${JSON.stringify(entry)}\n`);
    const handle = await open(`${this.#file}.new`, 'w', 0o600);
    await handle.writeFile(lines);
    await rename(`${this.#file}.new`, this.#file);
    await this.#handle.close();
    this.#handle = handle;
    this.#bytes = lines.reduce((sum, line) => sum + line.length, 0);
    this.#rewriteAt = Math.max(REWRITE_BYTES, this.#bytes * 2);
  }
}

/** A last line without its end was being written when the server died: nobody has been told that it was kept. */
async function readEntries(file: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new Error(
        `The journal ${file} is damaged in line ${index + 1}. Remove it to start without its messages, or name another folder.`,
      );
    }
  });
}
