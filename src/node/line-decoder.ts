import { StringDecoder } from 'node:string_decoder';

/** Cuts UTF-8 that comes in chunks into lines. A character may be cut between two chunks. */
export class LineDecoder {
  readonly #decoder = new StringDecoder('utf8');
  readonly #maxCharacters: number;
  #rest = '';

  /** @param maxCharacters how much of a line without its end is kept */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** What has come of the line that has no end yet. */
  get rest(): string {
    return this.#rest;
  }

  /** The lines that end in `chunk`, without their ends. */
  take(chunk: Buffer): string[] {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, this.#maxCharacters);
    return lines;
  }
}
