// @ts-check
import { accessSync, constants, existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { aptLine, canInstallPackages, installPackages, updateLists } from './apt.mjs';

/** The messaging servers that Bulkhead starts, and Locust, which posts to them, where Debian puts them, and what Debian would start with them. */
const servers = [
  { debianPackage: 'nats-server', program: '/usr/sbin/nats-server', units: ['nats-server.service'] },
  {
    debianPackage: 'rabbitmq-server',
    program: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    units: ['rabbitmq-server.service', 'epmd.service', 'epmd.socket'],
  },
  { debianPackage: 'python3-locust', program: '/usr/bin/locust', units: [] },
];

const policyFile = '/usr/sbin/policy-rc.d';

/** @param {(file: string) => boolean} [isThere] */
export function missingServers(isThere = isExecutable) {
  return servers.filter(({ program }) => !isThere(program));
}

/**
 * As root on Debian, installs the messaging servers that are missing, without
 * starting a service of theirs, now or at the next boot: Bulkhead starts its own.
 * Elsewhere an error says the line to run.
 *
 * @param {(detail: string) => void} [onProgress]
 * @returns {Promise<string[]>} the packages that were installed
 */
export async function installMessagingServers(onProgress = () => {}) {
  const missing = missingServers();
  const packages = missing.map(({ debianPackage }) => debianPackage);
  if (packages.length === 0) return [];
  if (!canInstallPackages()) {
    throw new SetUpError(`These messaging servers are not installed: ${packages.join(', ')}.`, {
      nextStep: `On Debian run this, which also starts them as services of the system:\n  sudo apt-get update && ${aptLine(packages)}\nOr, as root, this, which does not: npm run setup -- --brokers`,
    });
  }
  const units = missing.flatMap((server) => server.units);
  const enabledBefore = await enabledOf(units);
  await withoutStartingServices(async () => {
    onProgress('refreshing the package lists');
    await updateLists();
    await installPackages(packages, onProgress);
  });
  const enabledNow = (await enabledOf(units)).filter((unit) => !enabledBefore.includes(unit));
  if (enabledNow.length > 0) await runCommand('systemctl', ['disable', ...enabledNow], { timeoutMs: 60_000 });
  return packages;
}

/**
 * Debian starts services when it installs them, unless a policy forbids it. One
 * that is there already belongs to somebody: it has to forbid it by itself.
 *
 * @param {() => Promise<void>} install
 */
async function withoutStartingServices(install) {
  if (existsSync(policyFile)) {
    const { code } = await runCommand(policyFile, ['rabbitmq-server', 'start'], { timeoutMs: 30_000 });
    if (code === 101) return install();
    throw new SetUpError(`This system's ${policyFile} would let the servers start as services.`, {
      nextStep: `Install them yourself, and stop their services afterwards: ${aptLine(missingServers().map(({ debianPackage }) => debianPackage))}`,
    });
  }
  await writeFile(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(policyFile, { force: true });
  }
}

/** @param {readonly string[]} units */
async function enabledOf(units) {
  const enabled = await Promise.all(
    units.map(async (unit) => {
      const outcome = await runCommand('systemctl', ['is-enabled', unit], { timeoutMs: 30_000 });
      return lastLines(outcome.stdout, 1) === 'enabled' ? [unit] : [];
    }),
  );
  return enabled.flat();
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
