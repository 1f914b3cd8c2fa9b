import { app } from 'electron';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { EXIT } from '../shared/bench/exit-code';
import { followLifeline } from '../node/lifeline';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { isSandboxed } from './environment';
import { groupOf, signalAtOnce } from './process-table';
import { RunDirectory } from './run-directory';
import { StartError } from './shutdown';
import { tellStart } from './start-signals';
import { setUpSwitches } from './switches';
import { words } from '../shared/messages/message';

/** A command that got stuck on its way out is ended after so long. */
const WAY_OUT_LIMIT_MS = 10_000;
/** How often the folder of the profile is looked for again, and how long in between. */
const PROFILE_ATTEMPTS = 20;
const PROFILE_PAUSE_MS = 10;
/**
 * How Chromium's other processes are kept from doing anything more. Not by their death, where there is another way:
 * Chromium starts some of them again, and ends itself by a failed check when one dies that it is only just starting.
 */
const HOLD = process.platform === 'win32' ? 'SIGKILL' : 'SIGSTOP';

export interface CommandContext {
  /** A directory of mode 0700 for sockets, FIFOs and files of this run. */
  directory: string;
  /** Aborted by the first signal: what there is so far is to be written. */
  signal: AbortSignal;
}

/**
 * The application as a command: no window, no laboratory, no live probe. The first signal ends the work and has the rest
 * written; a second one leaves at once. `work` resolves to the exit code.
 *
 * @param wayOutLimitMs after so long an interrupted one is ended
 */
export async function runCommand(
  work: (context: CommandContext) => Promise<number>,
  wayOutLimitMs = WAY_OUT_LIMIT_MS,
): Promise<void> {
  keepInspectorShut();
  let directory: RunDirectory | null = null;
  let profile: RunDirectory | null = null;
  const leave = (exitCode: number) => {
    // Everything has been written. Chromium's own processes, and its way out (so no `app.exit`), would make the folder of
    // the profile anew.
    directory?.remove();
    const held = new Set<number>();
    for (let attempt = 0; attempt < PROFILE_ATTEMPTS; attempt += 1) {
      for (const { pid } of app.getAppMetrics()) if (pid !== process.pid) held.add(pid);
      // The metrics don't have one that is only just being started. The launcher has made this process lead a group.
      for (const pid of groupOf(process.pid)) held.add(pid);
      for (const pid of held) signalAtOnce(pid, HOLD);
      try {
        profile?.remove();
      } catch {
        // The next start takes it for what it is: the folder of a process that is gone.
      }
      // One that was only just being started may make it anew.
      sleep(PROFILE_PAUSE_MS);
      if (profile === null || !existsSync(profile.path)) break;
    }
    endAfterwards([...held]);
    (process as unknown as { reallyExit(code: number): never }).reallyExit(exitCode);
  };
  // Before anything that can fail.
  onUncaught((error) => {
    if (error instanceof StartError) {
      console.error(words('start.bench-failed', { cause: error.told }));
      leave(EXIT.failed);
    }
    console.error(words('end.bench-bug'), error);
    leave(70);
  });
  directory = new RunDirectory();
  // A profile of its own, gone afterwards: it may run beside the app, and several at a time. Outside the folder of sockets
  // and FIFOs, which must go even where Chromium still holds a file of its own open (Windows).
  profile = new RunDirectory();
  app.setPath('userData', profile.path);
  // Renderers are measured as in the laboratory: none in waiting, none slowed down for being hidden.
  setUpSwitches();
  if (isSandboxed()) app.enableSandbox();
  // Without a listener the end of a step's window would end the application.
  app.on('window-all-closed', () => undefined);
  const interrupted = new AbortController();
  const interrupt = () => {
    if (interrupted.signal.aborted) return leave(130);
    interrupted.abort();
  };
  interrupted.signal.addEventListener('abort', () => void setTimeout(() => leave(130), wayOutLimitMs));
  // Chromium's own handlers of signals, which stand until it is ready, ask the application to quit.
  app.on('before-quit', (event) => {
    event.preventDefault();
    interrupt();
  });
  // The launcher is gone, however it went: end in order as well. The children first, or Chromium makes the profile anew.
  followLifeline(() => interrupted.abort());
  // Nobody may be left to read.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  await app.whenReady();
  tellStart('started');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  leave(await work({ directory: directory.path, signal: interrupted.signal }));
}

/** Ends processes that are held, once this one is gone. */
function endAfterwards(pids: readonly number[]): void {
  if (process.platform === 'win32' || pids.length === 0) return;
  let shell: number | undefined;
  try {
    // Its standard input closes with this process.
    const command = ['-c', 'read -r _; kill -KILL "$@"', 'sh', ...pids.map(String)];
    shell = spawn('/bin/sh', command, { stdio: ['pipe', 'ignore', 'ignore'] }).pid;
  } catch {
    // The machine has no memory left to give, or, without an exception, no process.
  }
  if (shell === undefined) for (const pid of pids) signalAtOnce(pid, 'SIGKILL');
}

/** Nothing else is to happen any more. */
function sleep(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
