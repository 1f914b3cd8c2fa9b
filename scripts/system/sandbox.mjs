// @ts-check
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { readTextOrNull } from '../lib/files.mjs';
import { runCommand } from '../lib/run-command.mjs';

/**
 * @typedef {object} SandboxFacts
 * @property {NodeJS.Platform} platform
 * @property {number | null} uid null where there are none
 * @property {boolean} suidHelper whether `chrome-sandbox` beside the runtime is SUID root
 * @property {string | null} namespaceProblem why unprivileged user namespaces don't work; null when they do
 */

/**
 * @typedef {{ status: "on" } | { status: "off-as-root" } | { status: "impossible", reason: string }} SandboxVerdict
 */

/**
 * Whether Chromium's sandbox will work. It is never silently dropped: as root
 * Chromium refuses to run with it, and anybody else has to have it.
 *
 * @param {SandboxFacts} facts
 * @returns {SandboxVerdict}
 */
export function judgeSandbox({ platform, uid, suidHelper, namespaceProblem }) {
  if (platform !== 'linux') return { status: 'on' };
  if (uid === 0) return { status: 'off-as-root' };
  if (namespaceProblem === null || suidHelper) return { status: 'on' };
  return { status: 'impossible', reason: namespaceProblem };
}

/**
 * What to tell a person whose system has no way to sandbox.
 *
 * @param {string} reason
 * @param {string} runtimeDir
 */
export function sandboxAdvice(reason, runtimeDir) {
  const helper = `"${path.join(runtimeDir, 'chrome-sandbox')}"`;
  return {
    message: `Chromium's sandbox can't work here: ${reason}, and the runtime's chrome-sandbox helper is not SUID root. Bulkhead does not run pages without it.`,
    nextStep:
      `Either allow unprivileged user namespaces, or set the helper up once:\n` +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  };
}

/**
 * @param {string} runtimeDir
 * @returns {Promise<SandboxFacts>}
 */
export async function gatherSandboxFacts(runtimeDir) {
  const uid = process.getuid?.() ?? null;
  const suidHelper = isSuidRoot(path.join(runtimeDir, 'chrome-sandbox'));
  // Nobody asks for them as root or elsewhere, and trying takes a process.
  const asked = process.platform === 'linux' && uid !== 0 && !suidHelper;
  return {
    platform: process.platform,
    uid,
    suidHelper,
    namespaceProblem: asked ? await findNamespaceProblem() : null,
  };
}

async function findNamespaceProblem() {
  if (readTextOrNull('/proc/sys/user/max_user_namespaces') === '0')
    return 'user namespaces are turned off (user.max_user_namespaces is 0)';
  if (readTextOrNull('/proc/sys/kernel/unprivileged_userns_clone') === '0') {
    return 'unprivileged user namespaces are turned off (kernel.unprivileged_userns_clone is 0)';
  }
  // AppArmor lets such a namespace be made, but takes every capability in it away.
  if (readTextOrNull('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return 'AppArmor restricts unprivileged user namespaces (kernel.apparmor_restrict_unprivileged_userns is 1)';
  }
  // A container's seccomp filter shows only when one tries.
  const outcome = await runCommand('unshare', ['--user', '--map-root-user', 'true'], { timeoutMs: 5_000 });
  const refusal = /^unshare: (?!failed to execute).*$/m.exec(outcome.output)?.[0];
  // Without the command nothing can be said: then Chromium itself will.
  return refusal === undefined ? null : `unprivileged user namespaces are not permitted (${refusal})`;
}

/** @param {string} file */
function isSuidRoot(file) {
  try {
    const { uid, mode } = statSync(file);
    return uid === 0 && (mode & 0o4111) === 0o4111;
  } catch {
    return false;
  }
}
