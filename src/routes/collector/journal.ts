import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

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

  /** Calls `replay` for each entry that is there, then appends. */
  constructor(file: string, replay: (entry: JournalEntry) => void) {
    this.#descriptor = openSync(file, 'a+', 0o600);
    const text = readFileSync(this.#descriptor, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const entry of readJournal(whole, this.#names)) replay(entry);
    // Its last line was cut short by the end of the process, and nobody was told that it counts.
    if (whole.length < text.length) writeSync(this.#descriptor, '\n');
  }

  write(entry: JournalEntry): void {
    writeSync(this.#descriptor, this.#line(entry));
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #line(entry: JournalEntry): string {
    switch (entry.kind) {
      case 'follow':
        return `f ${entry.run}\n`;
      case 'unnumbered':
        return `u ${entry.path}\n`;
      case 'arrived': {
        const name = `${entry.path} ${entry.run}`;
        const known = this.#names.get(name);
        const index = known ?? this.#names.size;
        if (known === undefined) this.#names.set(name, index);
        const line = `${index} ${entry.number} ${entry.onItsWayNs ?? '-'}\n`;
        return known === undefined ? `n ${name}\n${line}` : line;
      }
    }
  }
}

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
