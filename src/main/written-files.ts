import { existsSync } from 'node:fs';
import type { Outcome } from '../shared/ipc-contract';
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

  /** Opens the system's file manager at its folder. */
  show(file: number): Outcome {
    const path = this.#paths[file];
    if (path === undefined) return { ok: false, message: say('file.not-written') };
    if (!existsSync(path)) return { ok: false, message: say('file.gone', { path }) };
    this.#showInFolder(path);
    return { ok: true };
  }
}
