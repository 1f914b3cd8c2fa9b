import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The built programs are beside the code that runs here, or beside its folder: see the build's `routes/` and `chunks/`. */
const PLACES = ['.', '../routes', 'routes', '..'];
let named: string | null = null;

/** For code that runs without having been built, which is in tests. */
export function namePrograms(folder: string): void {
  named = folder;
}

/** The file of one of `src/routes/programs/`, built; null when it isn't there. */
export function ownProgram(name: string): string | null {
  const folders = named === null ? PLACES.map((place) => join(import.meta.dirname, place)) : [named];
  return folders.map((folder) => join(folder, `${name}.js`)).find((file) => existsSync(file)) ?? null;
}
