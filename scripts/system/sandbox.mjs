// @ts-check
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { toolEnv } from '../lib/clean-env.mjs';
import { readTextOrNull } from '../lib/files.mjs';
import { runCommand } from '../lib/run-command.mjs';

/**
 * @typedef {"works" | "not-suid" | "nosuid-mount"} Helper `chrome-sandbox` beside the runtime, which has to be SUID root;
 *   on a file system that is mounted nosuid that has no effect
 *
 * @typedef {object} NamespaceFacts what decides about unprivileged user namespaces; null where it can't be told
 * @property {string | null} maxUserNamespaces the setting user.max_user_namespaces
 * @property {string | null} usernsClone the setting kernel.unprivileged_userns_clone
 * @property {string | null} apparmorRestricts the setting kernel.apparmor_restrict_unprivileged_userns
 * @property {string | null} label AppArmor's of the runtime: `unconfined`, or a profile's name and mode
 * @property {string | null} refusal what `unshare` said when it was refused one
 *
 * @typedef {{ cause: "max_user_namespaces" | "unprivileged_userns_clone" | "apparmor" | "refused", reason: string }} NamespaceProblem
 *
 * @typedef {object} SandboxFacts
 * @property {NodeJS.Platform} platform
 * @property {number | null} uid null where there are none
 * @property {Helper} helper
 * @property {NamespaceProblem | null} namespaceProblem why unprivileged user namespaces don't work; null when they do
 *
 * @typedef {{ status: "on" } | { status: "off-as-root" } | { status: "impossible", problem: NamespaceProblem, helper: Helper }} SandboxVerdict
 */

/**
 * Whether Chromium's sandbox will work. It is never silently dropped: as root
 * Chromium refuses to run with it, and anybody else has to have it.
 *
 * @param {SandboxFacts} facts
 * @returns {SandboxVerdict}
 */
export function judgeSandbox({ platform, uid, helper, namespaceProblem }) {
  if (platform !== 'linux') return { status: 'on' };
  if (uid === 0) return { status: 'off-as-root' };
  if (namespaceProblem === null || helper === 'works') return { status: 'on' };
  return { status: 'impossible', problem: namespaceProblem, helper };
}

/**
 * @param {NamespaceFacts} facts
 * @returns {NamespaceProblem | null}
 */
export function judgeNamespaces({ maxUserNamespaces, usernsClone, apparmorRestricts, label, refusal }) {
  if (maxUserNamespaces === '0') {
    return {
      cause: 'max_user_namespaces',
      reason: 'user namespaces are turned off (user.max_user_namespaces is 0)',
    };
  }
  if (usernsClone === '0') {
    return {
      cause: 'unprivileged_userns_clone',
      reason: 'unprivileged user namespaces are turned off (kernel.unprivileged_userns_clone is 0)',
    };
  }
  if (apparmorRestricts === '1') {
    // Only the unconfined are restricted. A profile was written for this runtime, and `unshare` has another.
    if (label !== null && label !== 'unconfined') return null;
    return {
      cause: 'apparmor',
      reason:
        'AppArmor restricts unprivileged user namespaces (kernel.apparmor_restrict_unprivileged_userns is 1), and the runtime has no profile that allows them',
    };
  }
  if (refusal === null) return null;
  return { cause: 'refused', reason: `unprivileged user namespaces are not permitted (${refusal})` };
}

/**
 * What to tell a person whose system has no way to sandbox.
 *
 * @param {Extract<SandboxVerdict, { status: "impossible" }>} verdict
 * @param {{ dir: string, executable: string }} runtime
 */
export function sandboxAdvice({ problem, helper }, { dir, executable }) {
  const file = `"${path.join(dir, 'chrome-sandbox')}"`;
  const ways = [allowNamespaces(problem.cause, executable)];
  if (helper === 'not-suid') {
    ways.push(`set the runtime's helper up once:\n  sudo chown root:root ${file} && sudo chmod 4755 ${file}`);
  }
  const lacking =
    helper === 'nosuid-mount'
      ? "the runtime lies on a file system that is mounted nosuid, where its chrome-sandbox helper can't be SUID root"
      : "the runtime's chrome-sandbox helper is not SUID root";
  return {
    message: `Chromium's sandbox can't work here: ${problem.reason}, and ${lacking}. Bulkhead does not run pages without it.`,
    nextStep: `Either ${ways.join('\nOr ')}`,
  };
}

/**
 * @param {NamespaceProblem["cause"]} cause
 * @param {string} executable
 */
function allowNamespaces(cause, executable) {
  switch (cause) {
    case 'max_user_namespaces':
      return 'turn user namespaces on:\n  sudo sysctl -w user.max_user_namespaces=15000';
    case 'unprivileged_userns_clone':
      return 'turn unprivileged user namespaces on:\n  sudo sysctl -w kernel.unprivileged_userns_clone=1';
    case 'refused':
      return "allow unprivileged user namespaces: in a container, by its seccomp profile; elsewhere, by the system's security module.";
    case 'apparmor':
      return [
        'allow them to this runtime alone, by a profile:',
        "  sudo tee /etc/apparmor.d/bulkhead > /dev/null <<'END'",
        '  abi <abi/4.0>,',
        '  include <tunables/global>',
        `  profile bulkhead "${executable.replaceAll(/[\\"[\]{}*?^]/g, '\\$&')}" flags=(unconfined) {`,
        '    userns,',
        '  }',
        'END',
        '  sudo apparmor_parser -r /etc/apparmor.d/bulkhead',
        'Or to every program, until the next boot:',
        '  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
      ].join('\n');
  }
}

/**
 * @param {{ dir: string, executable: string }} runtime
 * @returns {Promise<SandboxFacts>}
 */
export async function gatherSandboxFacts({ dir, executable }) {
  const uid = process.getuid?.() ?? null;
  const helper = helperState(path.join(dir, 'chrome-sandbox'));
  // Nobody asks for them as root or elsewhere, and trying takes a process.
  const asked = process.platform === 'linux' && uid !== 0 && helper !== 'works';
  return {
    platform: process.platform,
    uid,
    helper,
    namespaceProblem: asked ? judgeNamespaces(await gatherNamespaceFacts(executable)) : null,
  };
}

/**
 * @param {string} executable
 * @returns {Promise<NamespaceFacts>}
 */
async function gatherNamespaceFacts(executable) {
  const apparmorRestricts = readTextOrNull('/proc/sys/kernel/apparmor_restrict_unprivileged_userns');
  // A container's seccomp filter shows only when one tries.
  const outcome = await runCommand('unshare', ['--user', '--map-root-user', 'true'], { timeoutMs: 5_000 });
  return {
    maxUserNamespaces: readTextOrNull('/proc/sys/user/max_user_namespaces'),
    usernsClone: readTextOrNull('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestricts,
    label: apparmorRestricts === '1' ? await labelOf(executable) : null,
    // Without the command nothing can be said: then Chromium itself will.
    refusal: /^unshare: (?!failed to execute).*$/m.exec(outcome.output)?.[0] ?? null,
  };
}

/**
 * Under which label AppArmor runs a program, asked of the program itself: profiles go by its path.
 *
 * @param {string} executable Electron's, or Node's
 * @returns {Promise<string | null>} null where there is no AppArmor
 */
export async function labelOf(executable) {
  const script = "process.stdout.write(require('fs').readFileSync('/proc/self/attr/current', 'utf8'))";
  const outcome = await runCommand(executable, ['-e', script], {
    env: { ...toolEnv(process.env), ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  });
  const label = outcome.stdout.replace(/\0/g, '').trim();
  return outcome.code === 0 && label !== '' ? label : null;
}

/**
 * @param {string} file
 * @returns {Helper}
 */
export function helperState(file) {
  const nosuid = isMountedNosuid(file);
  try {
    const { uid, mode } = statSync(file);
    if (uid === 0 && (mode & 0o4111) === 0o4111 && !nosuid) return 'works';
  } catch {
    // There is none: then it can be put there, unless the mount forbids it.
  }
  return nosuid ? 'nosuid-mount' : 'not-suid';
}

/** @param {string} file absolute */
function isMountedNosuid(file) {
  // Fields 5 and 6 of a line: where it is mounted, and its options. Later mounts lie over earlier ones.
  let options = '';
  let depth = -1;
  for (const line of (readTextOrNull('/proc/self/mountinfo') ?? '').split('\n')) {
    const [, , , , at = '', its = ''] = line.split(' ');
    const point = at.replaceAll(/\\(\d{3})/g, (_, octal) => String.fromCodePoint(Number.parseInt(octal, 8)));
    const holds = point === '/' || file === point || file.startsWith(`${point}/`);
    if (at === '' || !holds || point.length < depth) continue;
    depth = point.length;
    options = its;
  }
  return options.split(',').includes('nosuid');
}
