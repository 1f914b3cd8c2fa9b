import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the built programs of the routes. */
    programs: string;
  }
}

/** Bundles the programs as the app's build does, so that they run without `node_modules`. */
export default async function buildPrograms(project: TestProject): Promise<() => void> {
  const root = resolve(import.meta.dirname, '../../..');
  const programs = join(root, 'src/routes/programs');
  const names = readdirSync(programs).map((file) => basename(file, '.ts'));
  const outDir = mkdtempSync(join(tmpdir(), 'bulkhead-routes-'));
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    // As electron-vite does it: Google's client is no ES module.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        checks: { eval: false },
        input: Object.fromEntries(names.map((name) => [name, join(programs, `${name}.ts`)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }\n');
  project.provide('programs', outDir);
  return () => rmSync(outDir, { recursive: true, force: true });
}
