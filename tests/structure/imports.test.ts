import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

/** What imports what in `src/`, types included; tests are left out. */

const root = resolve(import.meta.dirname, '../../src');

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
    .map((name) => name.split(sep).join('/'));
}

const files = new Set(sources(root));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].flatMap(([, specifier]) => {
    const base = relative(root, resolve(root, dirname(file), specifier ?? ''))
      .split(sep)
      .join('/');
    return [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].filter((path) => files.has(path));
  });
}

const graph = new Map([...files].map((file) => [file, importsOf(file)]));

/** Files on a way from `file` back to it, or null. */
function circleThrough(file: string): string[] | null {
  const seen = new Set<string>();
  const visit = (at: string, path: string[]): string[] | null => {
    for (const next of graph.get(at) ?? []) {
      if (next === file) return [...path, at];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = visit(next, [...path, at]);
      if (found !== null) return found;
    }
    return null;
  };
  return visit(file, []);
}

test('the imports are read', () => {
  expect(graph.get('main/index.ts')).toContain('main/start.ts');
  expect(graph.get('renderer/shell/main.tsx')).toContain('renderer/shell/app.tsx');
});

/** Everything that `file` is made of, types included. */
function madeOf(file: string, found = new Set<string>()): Set<string> {
  if (!found.has(file)) {
    found.add(file);
    for (const next of graph.get(file) ?? []) madeOf(next, found);
  }
  return found;
}

test('the measuring thread is made of nothing that needs Electron, which a worker has none of', () => {
  const parts = [...madeOf('main/measuring-thread/worker.ts')];
  expect(parts).toContain('transports/registry.ts');
  expect(parts.filter((file) => /from 'electron'/.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

/** What is loaded with `file`: everything that it imports but types, and those of packages and of Node by their names. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, what = '', specifier = ''] of text.matchAll(/^(?:im|ex)port (?!type )([^;]*?)from '([^']+)'/gm)) {
    const names = what.replace(/[{}\s]+/g, ' ').split(',');
    if (names.every((name) => name.trim() === '' || name.trim().startsWith('type '))) continue;
    const path = relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join('/');
    const inner = graph.get(file)?.find((to) => to.replace(/(?:\/index)?\.tsx?$/, '') === path);
    if (inner === undefined) found.add(specifier);
    else loadedWith(inner, found);
  }
  return found;
}

test('neither the measuring thread nor a plugin loads the schemas’ library, which takes longer than all the rest of it', () => {
  expect([...loadedWith('main/start.ts')]).toContain('zod');
  for (const entry of ['main/measuring-thread/worker.ts', 'plugins/echo/index.ts', 'plugins/digest/index.ts']) {
    const loaded = [...loadedWith(entry)];
    expect(loaded).toContain('transports/addons.ts');
    expect(loaded).not.toContain('zod');
  }
});

/** Who starts the programs of routes. */
const MAY_KNOW_ROUTES = /^main\//;

test('no import runs in a circle', () => {
  expect([...files].map(circleThrough).filter((circle) => circle !== null)).toEqual([]);
});

test('routes know shared and node alone, and nobody else of src knows them', () => {
  const across = [...graph].flatMap(([file, imports]) =>
    imports
      .filter((to) =>
        file.startsWith('routes/')
          ? !/^(?:routes|shared|node)\//.test(to)
          : to.startsWith('routes/') && !MAY_KNOW_ROUTES.test(file),
      )
      .map((to) => `${file} → ${to}`),
  );
  expect(across).toEqual([]);
});

/** The rooms of the window, lowest first. Each may import what is below it, and itself. */
const ROOMS: Array<[room: string, path: RegExp]> = [
  ['ui', /^ui\//],
  ['charts', /^charts\//],
  [
    'slices',
    /-slice\.ts$|^store\/slice\.ts$|^pages\/live\/series\/|^pages\/live\/sites\/built-in-sites|^pages\/bench\/(?:bench-draft|sizes)\.|^pages\/load\/(?:load-draft|kept-points)\./,
  ],
  ['store', /^store\/|^bridge\.ts$/],
  ['pages', /^pages\//],
  ['window', /^window\//],
  ['app', /./],
];
const roomOf = (file: string) => ROOMS.findIndex(([, path]) => path.test(file));

test('in the window no import runs up: ui, charts, slices, store, pages, window', () => {
  const shell = 'renderer/shell/';
  const upwards = [...graph].flatMap(([file, imports]) =>
    imports
      .filter((to) => file.startsWith(shell) && to.startsWith(shell))
      .filter((to) => roomOf(to.slice(shell.length)) > roomOf(file.slice(shell.length)))
      .map((to) => `${file} → ${to}`),
  );
  expect(upwards).toEqual([]);
});

test('no page of the window knows another', () => {
  const pageOf = (file: string) => /^renderer\/shell\/pages\/([^/]+)\//.exec(file)?.[1];
  const across = [...graph].flatMap(([file, imports]) =>
    imports
      .filter((to) => pageOf(file) !== undefined && pageOf(to) !== undefined && pageOf(to) !== pageOf(file))
      .map((to) => `${file} → ${to}`),
  );
  expect(across).toEqual([]);
});
