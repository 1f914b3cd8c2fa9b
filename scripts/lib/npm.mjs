// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { toolEnv } from './clean-env.mjs';
import { verifyIntegrity } from './integrity.mjs';
import { failureOf, lastLines, runCommand } from './run-command.mjs';
import { SetUpError } from './set-up-error.mjs';

const packTimeoutMs = 20 * 60_000;

/**
 * How to start npm: the one that started us, else the one beside this Node,
 * else whatever the PATH has.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ file: string, args: string[] }}
 */
export function npmCommand(env) {
  const invoking = env.npm_execpath;
  if (invoking !== undefined && path.basename(invoking) === 'npm-cli.js' && existsSync(invoking)) {
    return { file: process.execPath, args: [invoking] };
  }
  const bundled = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(bundled)) return { file: process.execPath, args: [bundled] };
  return { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * Fetches one package's tarball through the person's own npm, so with their
 * registry, proxy, certificates and cache. Not verified yet.
 *
 * @param {{ name: string, version: string }} request
 * @param {string} folder where to put it; made if missing, and emptied first
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage({ name, version }, folder, env) {
  const spec = `${name}@${version}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const npm = npmCommand(env);
  const outcome = await runCommand(
    npm.file,
    [...npm.args, 'pack', spec, '--silent', '--ignore-scripts', '--dry-run=false', '--pack-destination', folder],
    { cwd: folder, env: toolEnv(env), timeoutMs: packTimeoutMs },
  );
  const failure = failureOf(outcome);
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (failure !== null || tarball === undefined) {
    throw new SetUpError(
      `npm could not fetch ${spec}: ${failure ?? 'no tarball came'}.\n${lastLines(outcome.output)}`.trimEnd(),
      {
        nextStep: `Check that this works: npm pack ${spec}`,
      },
    );
  }
  return path.join(folder, tarball);
}

/**
 * The same, verified here as well: npm checks against what the registry says,
 * this against what we pinned.
 *
 * @param {import("../runtime/registry-pins.mjs").PinnedPackage} pin
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
export async function fetchPinnedPackage(pin, folder, env) {
  const file = await packPackage(pin, folder, env);
  await verifyIntegrity(file, pin.integrity, `The package ${pin.name}@${pin.version}`);
  return file;
}

/**
 * Unpacks a package's tarball without its outer `package/` folder.
 *
 * @param {string} tarball
 * @param {string} folder must exist
 * @param {{ only?: readonly string[], except?: readonly string[] }} [selection] paths inside the package
 */
export async function unpackPackage(tarball, folder, { only = [], except = [] } = {}) {
  const outcome = await runCommand('tar', [
    '-xzf',
    tarball,
    '-C',
    folder,
    '--strip-components=1',
    // As root tar would give the files to whoever packed them.
    '--no-same-owner',
    ...except.map((name) => `--exclude=package/${name}`),
    ...only.map((name) => `package/${name}`),
  ]);
  const failure = failureOf(outcome);
  if (failure !== null) {
    throw new SetUpError(
      `${path.basename(tarball)} could not be unpacked: ${failure}.\n${lastLines(outcome.output)}`.trimEnd(),
      {
        nextStep: 'Check that `tar` is installed and that the disk has room.',
      },
    );
  }
}
