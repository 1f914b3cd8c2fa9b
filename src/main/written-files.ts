import { existsSync } from 'node:fs';
import { describeWriteFailure, writeOutput } from '../node/output-file';
import type { ExportOutcome, Outcome } from '../shared/ipc-contract';
import { say } from '../shared/messages/message';

/**
 * Files that this session has written at places that the person chose. The shell knows them by number: it can have none
 * shown but these.
 */
export class WrittenFiles {
  readonly #paths: string[] = [];
  readonly #showInFolder: (path: string) => void;

  constructor(showInFolder: (path: string) => void) {
    this.#showInFolder = showInFolder;
  }

  /** Returns its number. */
  add(path: string): number {
    return this.#paths.push(path) - 1;
  }

  /** Writes each file in turn. `place`, which the person has chosen, is what is told: the only file, or the folder of all. */
  async write(
    files: ReadonlyArray<{ path: string; content: string | Uint8Array }>,
    place: string,
  ): Promise<ExportOutcome> {
    for (const { path, content } of files) {
      try {
        await writeOutput(path, [content]);
      } catch (error) {
        return { status: 'failed', message: describeWriteFailure(place, error) };
      }
    }
    return { status: 'saved', path: place, file: this.add(place) };
  }

  /** Opens the system's file manager at its folder. */
  show(file: number): Outcome {
    const path = this.#paths[file];
    if (path === undefined) return { ok: false, message: say('file.not-written') };
    if (!existsSync(path)) return { ok: false, message: say('file.gone', { path }) };
    this.#showInFolder(path);
    return { ok: true };
  }
}
