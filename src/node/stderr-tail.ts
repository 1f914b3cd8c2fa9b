import { StringDecoder } from 'node:string_decoder';

/** As many lines as say what happened, and no more of each than fits a window. */
const MAX_LINES = 12;
const MAX_LINE_CHARS = 300;

/** The last lines that a process wrote to its standard error: often the only word of why it died. */
export class StderrTail {
  readonly #decoder = new StringDecoder('utf8');
  readonly #lines: string[] = [];
  #rest = '';

  /** Oldest first; an unfinished line counts. */
  get lines(): string[] {
    return [...this.#lines, ...(this.#rest.trim() === '' ? [] : [cut(this.#rest)])].slice(-MAX_LINES);
  }

  /** The bytes as they come: a character may be cut between two pieces. */
  take(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    // A line without end must not grow without end.
    this.#rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARS + 1);
    for (const line of lines) if (line.trim() !== '') this.#lines.push(cut(line));
    this.#lines.splice(0, this.#lines.length - MAX_LINES);
  }
}

function cut(line: string): string {
  const text = line.trimEnd();
  return text.length <= MAX_LINE_CHARS ? text : `${text.slice(0, MAX_LINE_CHARS)}…`;
}
