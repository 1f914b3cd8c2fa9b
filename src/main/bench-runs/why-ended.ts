import { LineDecoder } from '../../node/line-decoder';

export type ProcessEnd =
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: NodeJS.Signals | null };

const UNHARMED = 'The laboratory is unharmed. Run it again.';
/** More than a sentence of a person's, less than a stack that fills the window. */
const MAX_TAIL_CHARACTERS = 400;

/** Why there is no result, for a person. `killedFor`: why this application ended it; `stderrTail`: the last line of its standard error. */
export function describeEnd(end: ProcessEnd, killedFor: string | null, stderrTail: string | null): string {
  if (end.kind === 'not-started')
    return `The benchmark could not be started: ${end.message}. Run npm run setup, then start Bulkhead again.`;
  if (killedFor !== null)
    return `The benchmark was ended without a result. ${killedFor} What it had measured is lost. ${UNHARMED}`;
  const said = stderrTail === null ? '' : ` It said: ${stderrTail}`;
  if (end.signal !== null)
    return `The benchmark was killed from outside (${end.signal}) before it had a result.${said} ${UNHARMED}`;
  if (end.code === 2) return `The benchmark refused what it was asked for.${said}`;
  return `The benchmark ended with code ${end.code ?? 'unknown'} and without a result.${said} ${UNHARMED}`;
}

/** Keeps the last line of standard error that is not Chromium's own. */
export class LastErrorLine {
  readonly #decoder = new LineDecoder(MAX_TAIL_CHARACTERS);
  #last: string | null = null;

  get last(): string | null {
    return this.#worthTelling(this.#decoder.rest) ?? this.#last;
  }

  take(chunk: Buffer): void {
    for (const line of this.#decoder.take(chunk)) this.#last = this.#worthTelling(line) ?? this.#last;
  }

  /** Lines such as `[4711:0102/030405.678:ERROR:bus.cc(399)] …` are for Chromium's developers. */
  #worthTelling(line: string): string | null {
    const text = line.trim();
    return text === '' || /^\[\d+:[\d/.:]+:(ERROR|WARNING|INFO|FATAL):/.test(text) || text.startsWith('at ')
      ? null
      : text.slice(0, MAX_TAIL_CHARACTERS);
  }
}
