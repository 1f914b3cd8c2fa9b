/** A terminal that is paused (Ctrl+S) at the end may stay so for ever; what it has not taken by then is dropped. */
const TERMINAL_LIMIT_MS = 2000;

/**
 * Standard output, or error, of a process that paces pings: nothing ever waits for its reader. Node itself writes to terminals and
 * pipes synchronously, so that a paused terminal would stop every measurement.
 */
export class StandardOutput {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
    // A reader that went away (`| head`) is no reason to fail.
    stream.on('error', () => undefined);
    // Files and other systems' streams have no such handle; they don't pause.
    (stream as { _handle?: { setBlocking?: (on: boolean) => void } })._handle?.setBlocking?.(false);
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY;
  }

  /** Characters in a row. A file or pipe has no such bound; some terminals don't say theirs. */
  get columns(): number {
    return this.#stream.columns || Number.POSITIVE_INFINITY;
  }

  /** What has to arrive: kept until the reader takes it. */
  write(text: string): void {
    this.#stream.write(text);
  }

  /** What the next one replaces: dropped while the reader is behind. Returns whether it was written. */
  writeFrame(text: string | Uint8Array): boolean {
    if (this.#stream.writableLength > 0) return false;
    this.#stream.write(text);
    return true;
  }

  /** Resolves when everything has left this process, or the reader is gone, or a terminal takes no more. */
  async flush(): Promise<void> {
    const taken = new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
    if (!this.isTerminal) return taken;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, TERMINAL_LIMIT_MS)));
    await Promise.race([taken, limit]);
    clearTimeout(timer);
  }
}
