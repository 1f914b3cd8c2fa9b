import { LineDecoder } from '../../node/line-decoder';
import { type Message, say } from '../../shared/messages/message';

export type ProcessEnd =
  | { kind: 'not-started'; cause: string }
  | { kind: 'exited'; code: number | null; signal: NodeJS.Signals | null };

/** More than a sentence of a person's, less than a stack that fills the window. */
const MAX_TAIL_CHARACTERS = 400;

/** Why there is no result. `killedFor`: why this application ended it; `stderrTail`: the last line of its standard error. */
export function describeEnd(end: ProcessEnd, killedFor: Message | null, stderrTail: string | null): Message {
  if (end.kind === 'not-started') return say('bench.not-started', { cause: end.cause });
  if (killedFor !== null) return say('bench.ended', { why: killedFor });
  if (end.signal !== null) return say('bench.killed', { signal: end.signal, line: stderrTail });
  if (end.code === 2) return say('bench.refused', { line: stderrTail });
  return say('bench.exited', { exitCode: end.code, line: stderrTail });
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
