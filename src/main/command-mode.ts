import { app } from 'electron';
import { existsSync } from 'node:fs';
import { EXIT } from '../shared/bench/exit-code';
import { followLifeline } from '../node/lifeline';
import { keepInspectorShut, onUncaught } from '../node/own-process';
import { isSandboxed } from './environment';
import { endAtOnce, endOrphans } from './process-table';
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
    for (let attempt = 0; attempt < PROFILE_ATTEMPTS; attempt += 1) {
      for (const { pid } of app.getAppMetrics()) if (pid !== process.pid) endAtOnce(pid);
      // The metrics don't have one that is only just being started. The launcher has made this process lead a group.
      endOrphans(process.pid);
      try {
        profile?.remove();
      } catch {
        // The next start takes it for what it is: the folder of a process that is gone.
      }
      // One that was only just being started, or is dying, may make it anew.
      sleep(PROFILE_PAUSE_MS);
      if (profile === null || !existsSync(profile.path)) break;
    }
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

/** Nothing else is to happen any more. */
function sleep(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
