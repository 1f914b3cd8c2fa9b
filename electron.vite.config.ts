import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const pluginsDirectory = resolve('src/plugins');
/** Adding a plugin is adding a folder: each becomes an entry of its own and takes its manifest along. */
const pluginNames = readdirSync(pluginsDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * What the oldest supported runtime runs, which is Electron 33. Left to itself electron-vite would aim at the version that
 * package.json names, and the build may have to run on the registry fallback.
 */
const targets = { node: 'node20.18', chrome: 'chrome130' };

/** The benchmark's two utility processes and its plain child, and the two commands that run as plain processes. */
const benchEntries = ['children/pinger', 'children/answerer', 'children/plain-answerer', 'plain/serve', 'plain/ping'];

/** The programs of the routes: each a process of its own, on Electron or on plain Node.js. */
const routePrograms = readdirSync(resolve('src/routes/programs')).map((file) => basename(file, '.ts'));

/** `index`, and the scripts that the manifest names for further processes. What is wrong with one the app tells. */
function scriptsOf(name: string): string[] {
  try {
    const { processes = [] } = JSON.parse(readFileSync(join(pluginsDirectory, name, 'manifest.json'), 'utf8')) as {
      processes?: Array<{ entry?: string }>;
    };
    const named = processes.flatMap(({ entry }) => entry ?? []);
    return ['index', ...named.filter((entry) => existsSync(join(pluginsDirectory, name, `${entry}.ts`)))];
  } catch {
    return ['index'];
  }
}

/** Manifests, and the files that a plugin's programs read. */
const pluginFiles = {
  name: 'bulkhead-plugin-files',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: Buffer }): string }) {
    for (const name of pluginNames)
      for (const entry of readdirSync(join(pluginsDirectory, name), { withFileTypes: true })) {
        if (!entry.isFile() || entry.name.endsWith('.ts')) continue;
        const source = readFileSync(join(pluginsDirectory, name, entry.name));
        this.emitFile({ type: 'asset', fileName: `plugins/${name}/${entry.name}`, source });
      }
  },
};

/**
 * Makes the window's script a classic one. Of a module V8 keeps only what ran while it was loaded, and compiles the rest,
 * all that draws, at every start anew; a classic script it compiles and keeps as a whole (`v8CacheOptions`).
 */
const classicShell: Plugin = {
  name: 'bulkhead-classic-shell',
  apply: 'build',
  generateBundle: {
    // After the page is there.
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['shell/index.html'];
      const script = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.isEntry && file.name === 'shell',
      );
      if (page?.type !== 'asset' || script?.type !== 'chunk')
        throw new Error('The shell page or its script is missing.');
      if (script.imports.length + script.dynamicImports.length + script.exports.length > 0)
        throw new Error('The shell script has imports or exports: it can only be a module.');
      const [tag, classic] = ['<script type="module" crossorigin ', '<script defer '];
      const html = String(page.source);
      if (!html.includes(tag)) throw new Error(`The shell page does not have ${tag}.`);
      script.code = `(() => {"use strict";${script.code}\n})();\n`;
      page.source = html.replace(tag, classic);
    },
  },
};

export default defineConfig({
  main: {
    plugins: [pluginFiles],
    build: {
      target: targets.node,
      // Everything but Electron and the addon (found by path) goes into the bundle: the app runs without node_modules.
      externalizeDeps: false,
      rollupOptions: {
        // hdr-histogram-js hides an optional require('zlib') from bundlers in an eval; Bulkhead never encodes histograms.
        checks: { eval: false },
        input: {
          index: resolve('src/main/index.ts'),
          'measuring-thread': resolve('src/main/measuring-thread/worker.ts'),
          ...Object.fromEntries(
            benchEntries.map((name) => [`bench/${basename(name)}`, resolve(`src/bench/${name}.ts`)]),
          ),
          ...Object.fromEntries(
            routePrograms.map((name) => [`routes/${name}`, resolve(`src/routes/programs/${name}.ts`)]),
          ),
          ...Object.fromEntries(
            pluginNames.flatMap((name) =>
              scriptsOf(name).map((script) => [
                `plugins/${name}/${script}`,
                join(pluginsDirectory, name, `${script}.ts`),
              ]),
            ),
          ),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // It takes no other kind of target here; that V8 is the older of the two.
      target: targets.node,
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { shell: resolve('src/preload/shell.ts'), site: resolve('src/preload/site.ts') },
        // Sandboxed preloads can't be ES modules.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    base: './',
    plugins: [react(), classicShell],
    build: {
      target: targets.chrome,
      // The window's script is read before anything is drawn.
      minify: true,
      // Its polyfill fetches, which the policy forbids, and Chromium needs none.
      modulePreload: false,
      rollupOptions: {
        input: {
          shell: resolve('src/renderer/shell/index.html'),
          site: resolve('src/renderer/site/index.html'),
          'not-found': resolve('src/renderer/site/not-found.html'),
        },
      },
    },
  },
});
