import { closeSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';

/** One first-hand fact of the collector's: what it counted, or which run is followed. */
export type JournalEntry =
  | { kind: 'arrived'; path: string; run: string; number: number; onItsWayNs: number | null }
  | { kind: 'unnumbered'; path: string }
  | { kind: 'follow'; run: string };

/**
 * What the collector has counted, in a file: written before the subscriber is answered, so that its death costs nothing
 * that it had said it has. It outlives the process, not a power cut. Each path and run is named once; a message is a line
 * of some 20 bytes.
 */
export class Journal {
  readonly #descriptor: number;
  readonly #names = new Map<string, number>();
  /** What was written last has no end: the disk was full in the middle of it. */
  #torn = false;

  /** Calls `replay` for each entry that is there, then appends. */
  constructor(file: string, replay: (entry: JournalEntry) => void) {
    this.#descriptor = openSync(file, 'a+', 0o600);
    // A device might never end.
    if (!fstatSync(this.#descriptor).isFile()) throw new Error(`The journal ${file} is no file. Name another.`);
    const text = readFileSync(this.#descriptor, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const entry of readJournal(whole, this.#names)) replay(entry);
    // Its last line was cut short by the end of the process, and nobody was told that it counts.
    this.#torn = whole.length < text.length;
  }

  /** Throws a `JournalError` when it can't be kept; then it isn't there either. */
  write(entry: JournalEntry): void {
    const { line, name } = this.#line(entry);
    const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
    let written = 0;
    try {
      // A disk that is about to be full takes a part.
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      this.#torn ||= written > 0;
      throw new JournalError((error as Error).message);
    }
    this.#torn = false;
    if (name !== null) this.#names.set(name, this.#names.size);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** `name`: of a path and run that the line names for the first time. */
  #line(entry: JournalEntry): { line: string; name: string | null } {
    switch (entry.kind) {
      case 'follow':
        return { line: `f ${entry.run}\n`, name: null };
      case 'unnumbered':
        return { line: `u ${entry.path}\n`, name: null };
      case 'arrived': {
        const name = `${entry.path} ${entry.run}`;
        const known = this.#names.get(name);
        const line = `${known ?? this.#names.size} ${entry.number} ${entry.onItsWayNs ?? '-'}\n`;
        return known === undefined ? { line: `n ${name}\n${line}`, name } : { line, name: null };
      }
    }
  }
}

/** Why something could not be kept. */
export class JournalError extends Error {}

function* readJournal(text: string, names: Map<string, number>): Generator<JournalEntry> {
  const list: Array<{ path: string; run: string }> = [];
  for (const line of text.split('\n')) {
    const [first = '', second = '', third = ''] = line.split(' ');
    if (first === 'f') yield { kind: 'follow', run: second };
    else if (first === 'u') yield { kind: 'unnumbered', path: second };
    else if (first === 'n') {
      names.set(`${second} ${third}`, list.length);
      list.push({ path: second, run: third });
    } else if (/^\d+ \d+ (-|\d+)$/.test(line)) {
      const name = list[Number(first)];
      const onItsWayNs = third === '-' ? null : Number(third);
      if (name !== undefined) yield { kind: 'arrived', ...name, number: Number(second), onItsWayNs };
    }
  }
}
