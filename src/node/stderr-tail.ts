import { LineDecoder } from './line-decoder';

/** As many lines as say what happened, and no more of each than fits a window. */
export const MAX_LINES = 12;
const MAX_LINE_CHARS = 300;

/** The last lines that a process wrote to its standard error: often the only word of why it died. */
export class StderrTail {
  // A character more than is shown: then it is known that there was more.
  readonly #decoder = new LineDecoder(MAX_LINE_CHARS + 1);
  readonly #lines: string[] = [];

  /** Oldest first; an unfinished line counts. */
  get lines(): string[] {
    const { rest } = this.#decoder;
    return [...this.#lines, ...(rest.trim() === '' ? [] : [cut(rest)])].slice(-MAX_LINES);
  }

  /** The bytes as they come: a character may be cut between two pieces. */
  take(chunk: Buffer): void {
    for (const line of this.#decoder.take(chunk)) if (line.trim() !== '') this.#lines.push(cut(line));
    this.#lines.splice(0, this.#lines.length - MAX_LINES);
  }
}

function cut(line: string): string {
  const text = line.trimEnd();
  return text.length <= MAX_LINE_CHARS ? text : `${text.slice(0, MAX_LINE_CHARS)}…`;
}
