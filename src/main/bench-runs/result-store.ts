import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchResult, benchResultSchema } from '../../shared/bench/schema';
import { RESULT_LIMITS as LIMITS } from '../../shared/bench-window/limits';
import type { ResultSummary } from '../../shared/bench-window/view';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { type Message, render, saidBy, say } from '../../shared/messages/message';
import type { Outcome } from '../../shared/ipc-contract';
import { describeWriteFailure, makeFolder, writeOutput } from '../../node/output-file';
import { readResult } from './read-result';

/** A result with what the person calls it. Read as a result alone, it is one: it can be opened as any other. */
const keptSchema = benchResultSchema.extend({
  kept: z.object({ name: z.string().min(1).max(LIMITS.name), note: z.string().max(LIMITS.note) }),
});

interface Entry {
  summary: ResultSummary;
  /** In the store's folder; null when it isn't there. */
  file: string | null;
  /** Null when it is read from the file whenever it is asked for. */
  result: BenchResult | null;
}

/**
 * Results, measured and opened. What was measured is kept on disk until it is deleted; what was opened stays where it is,
 * and on the list until the application closes.
 */
export class ResultStore {
  readonly #folder: string;
  readonly #entries = new Map<number, Entry>();
  readonly #changed = new Emitter<void>();
  readonly #problems: Message[] = [];
  #nextId = 1;
  /** One after the other: a name that is changed twice is not to end as the first. */
  #work: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get summaries(): ResultSummary[] {
    return [...this.#entries.values()].map(({ summary }) => summary);
  }

  /** What could not be read or kept. */
  get problems(): readonly Message[] {
    return this.#problems;
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Lists what earlier sessions kept, the oldest first. What can't be read is told, and left alone. */
  async load(): Promise<void> {
    let names: string[];
    try {
      names = (await readdir(this.#folder))
        .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
        .toSorted();
    } catch (error) {
      // Nothing was kept yet.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      return this.#tell(say('results.not-listed', { cause: saidBy(error), folder: this.#folder }));
    }
    if (names.length > LIMITS.kept)
      this.#tell(say('results.newest-listed', { folder: this.#folder, count: names.length, most: LIMITS.kept }));
    for (const name of names.slice(-LIMITS.kept)) {
      const file = join(this.#folder, name);
      const read = await readResult(file, keptSchema);
      if (read.kind === 'refused') this.#tell(say('result.left-alone', { cause: read.reason }));
      else this.#list({ ...read.result.kept, path: null, kept: true }, read.result, { file, result: null });
    }
  }

  /** `path`: the file that it was opened from, or null: it was measured, and is kept. */
  add(name: string, path: string | null, result: BenchResult): number {
    const id = this.#list({ name, note: '', path, kept: false }, result, { file: null, result });
    if (path === null) void this.#enqueue(() => this.#keep(id, result));
    return id;
  }

  /** Null when there is none of this id, or its file is gone. */
  async get(id: number): Promise<BenchResult | null> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.result !== null || entry.file === null) return entry?.result ?? null;
    const read = await readResult(entry.file);
    if (read.kind === 'read') return read.result;
    this.#tell(read.reason);
    return null;
  }

  /** Gives a kept result another name and note. */
  async describe(id: number, name: string, note: string): Promise<Outcome> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.file === null) return { ok: false, message: say('result.not-kept') };
    const { file } = entry;
    return this.#enqueue(async () => {
      const result = await this.get(id);
      if (result === null) return { ok: false, message: say('result.file-gone', { path: file }) };
      try {
        await writeOutput(file, [textOf(result, name, note)]);
      } catch (error) {
        return { ok: false, message: describeWriteFailure(file, error) };
      }
      entry.summary = { ...entry.summary, name, note };
      this.#changed.emit();
      return { ok: true };
    });
  }

  /** Takes it off the list, and from the disk when it is kept. */
  async remove(id: number): Promise<Outcome> {
    return this.#enqueue(async () => {
      const file = this.#entries.get(id)?.file ?? null;
      try {
        if (file !== null) await rm(file, { force: true });
      } catch (error) {
        return { ok: false, message: say('result.not-deleted', { path: file ?? '', cause: saidBy(error) }) };
      }
      this.#entries.delete(id);
      this.#changed.emit();
      return { ok: true };
    });
  }

  /** Resolves when nothing is being written. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #keep(id: number, result: BenchResult): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    const { name, note, beganAt } = entry.summary;
    const kept = [...this.#entries.values()].filter(({ file }) => file !== null).length;
    if (kept >= LIMITS.kept) return this.#tell(say('result.too-many', { name, most: LIMITS.kept }));
    const file = join(
      this.#folder,
      `${beganAt.slice(0, 19).replaceAll(':', '-')}-${randomBytes(4).toString('hex')}.json`,
    );
    try {
      await makeFolder(this.#folder);
      await writeOutput(file, [textOf(result, name, note)]);
    } catch (error) {
      return this.#tell(say('result.not-written', { name, cause: describeWriteFailure(file, error) }));
    }
    entry.file = file;
    entry.result = null;
    entry.summary = { ...entry.summary, kept: true };
    this.#changed.emit();
  }

  #list(
    said: Pick<ResultSummary, 'name' | 'note' | 'path' | 'kept'>,
    { environment, runs }: BenchResult,
    where: Omit<Entry, 'summary'>,
  ): number {
    const id = this.#nextId;
    this.#nextId += 1;
    const summary: ResultSummary = {
      id,
      ...said,
      beganAt: environment.began_at,
      interrupted: environment.interrupted,
      measured: runs.filter((run) => run.rtt_ns !== null).length,
      runs: runs.length,
    };
    this.#entries.set(id, { summary, ...where });
    this.#changed.emit();
    return id;
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#work.then(job);
    this.#work = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  #tell(problem: Message): void {
    const words = render(problem);
    if (this.#problems.some((told) => render(told) === words)) return;
    this.#problems.push(problem);
    this.#changed.emit();
  }
}

function textOf(result: BenchResult, name: string, note: string): string {
  return `${JSON.stringify({ ...result, kept: { name, note } })}\n`;
}
