import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadLaunchContext } from '../../../scripts/launch/context.mjs';
import type { LaunchContext } from '../../../scripts/setup/run-set-up.mjs';

/** `nobody`, as Debian numbers it: an ordinary user that every system has. */
const ORDINARY_USER = 65_534;

export interface Stage {
  /** Where the built application lies. */
  root: string;
  /** Starts the runtime, as an ordinary user whoever runs the tests. */
  executable: string;
  /** The runtime itself. */
  runtime: string;
  addons: LaunchContext['addons'];
  runtimeOrigin: { origin: string; version: string; detail: string; supported: boolean };
  /** A short folder for everything that the tests make: socket paths hold 107 bytes. */
  scratch: string;
  /** The user and group that the application runs as. */
  uid: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    stage: Stage;
  }
}

/**
 * Chromium has no sandbox as root, and what is said of isolation has to hold with it: when root runs the tests, the
 * built application is copied where an ordinary user may read it, and run as that user.
 */
export default function stage(project: TestProject): () => void {
  const checkout = resolve(import.meta.dirname, '../../..');
  const { runtime, addons } = loadLaunchContext(checkout);
  const { origin, version, detail, supported } = runtime;
  const scratch = mkdtempSync(join(tmpdir(), 'bhe2e-'));
  chmodSync(scratch, 0o755);
  const uid = process.getuid?.() ?? 0;
  const common = { scratch, runtimeOrigin: { origin, version, detail, supported } };
  if (uid !== 0) {
    project.provide('stage', {
      ...common,
      root: checkout,
      executable: runtime.executable,
      runtime: runtime.executable,
      addons,
      uid,
    });
  } else {
    project.provide('stage', {
      ...common,
      ...copyForOrdinaryUser(checkout, scratch, runtime, addons),
      uid: ORDINARY_USER,
    });
  }
  console.log(`Whole-app tests run on Electron ${version} (${origin}) as user ${uid === 0 ? ORDINARY_USER : uid}.`);
  return () => rmSync(scratch, { recursive: true, force: true });
}

function copyForOrdinaryUser(
  checkout: string,
  scratch: string,
  runtime: { dir: string; executable: string },
  addons: Stage['addons'],
): Pick<Stage, 'root' | 'executable' | 'runtime' | 'addons'> {
  const root = join(scratch, 'app');
  const dist = join(scratch, 'runtime');
  copyApplication(checkout, root);
  cpSync(runtime.dir, dist, { recursive: true, dereference: true });
  const binary = join(dist, runtime.executable.slice(runtime.dir.length));
  const addonCopies = join(scratch, 'addons');
  mkdirSync(addonCopies);
  const copied = Object.entries(addons).map(([name, addon]) => {
    if ('error' in addon) return [name, addon] as const;
    const dir = join(addonCopies, name);
    cpSync(addon.dir, dir, { recursive: true, dereference: true });
    return [name, { dir }] as const;
  });
  execFileSync('chmod', ['-R', 'a+rX', root, dist, addonCopies]);
  const wrapper = join(scratch, 'electron-as-ordinary-user');
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec setpriv --reuid=${ORDINARY_USER} --regid=${ORDINARY_USER} --clear-groups -- '${binary}' "$@"\n`,
    { mode: 0o755 },
  );
  return { root, executable: wrapper, runtime: binary, addons: Object.fromEntries(copied) as Stage['addons'] };
}

function copyApplication(from: string, to: string): void {
  mkdirSync(to);
  for (const part of ['out', 'resources', 'deploy', 'package.json'])
    cpSync(join(from, part), join(to, part), { recursive: true });
}

/** Further plugins by name: a manifest without it, and scripts by file name. */
export type MadePlugins = Record<string, { manifest: object; scripts: Record<string, string> }>;

/** A copy of the application that has them as well, for one test file alone. Resolves to its root. */
export function applicationWith(stageInfo: Stage, plugins: MadePlugins): string {
  const root = join(mkdtempSync(join(stageInfo.scratch, 'a')), 'app');
  copyApplication(stageInfo.root, root);
  for (const [name, { manifest, scripts }] of Object.entries(plugins)) {
    const folder = join(root, 'out/main/plugins', name);
    mkdirSync(folder);
    const files = { ...scripts, 'manifest.json': JSON.stringify({ name, description: 'For a test', ...manifest }) };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  }
  execFileSync('chmod', ['-R', 'a+rX', dirname(root)]);
  return root;
}

/** A folder of its own for one application, which the ordinary user owns. */
export function makeHome(stageInfo: Stage): string {
  const home = mkdtempSync(join(stageInfo.scratch, 'h'));
  if (process.getuid?.() === 0) chownSync(home, stageInfo.uid, stageInfo.uid);
  return home;
}
