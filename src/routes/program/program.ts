import type { z } from 'zod';
import { followClock, nowNs } from '../../node/clock';
import { followLifeline } from '../../node/lifeline';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import type { FromChild, ProcessHello, ToChild } from '../../shared/control';
import { FAULTS } from '../../shared/faults';
import { problemOf } from '../../shared/routes/record';
import { SettingsError } from './settings';

/**
 * What every program of a route has in common. It runs as a utility process, as a child with an IPC channel, or plainly:
 * its reports go to whichever parent there is, otherwise to standard output as JSON, a line each. As a utility process it
 * is supervised like a plugin's: it says when it is ready, answers heartbeats, and obeys the control port.
 */

/** Settings in the environment, for who can't give arguments; the first argument comes first. */
export const SETTINGS_VARIABLE = 'BULKHEAD_ROUTE_SETTINGS';

export interface Program {
  /** Counts and figures, sent twice a second and once more at the end. */
  stats?(): object;
  /** What a parent says, as it came. */
  command?(command: unknown): void;
  /** In good order; the process ends afterwards. */
  stop(): Promise<void>;
}

export interface ProgramContext {
  report(message: { type: string; [field: string]: unknown }): void;
  /** Ends the program from within, in good order. */
  end(exitCode: number): void;
}

const STATS_EVERY_MS = 500;

/** Exit codes: 0 asked to stop, 2 bad settings, 70 an error of its own, 1 it could not start. */
export async function runProgram<Settings>(
  schema: z.ZodType<Settings>,
  start: (settings: Settings, context: ProgramContext) => Promise<Program>,
): Promise<void> {
  keepInspectorShut();
  let program: Program | null = null;
  let ending = false;
  const end = (exitCode: number) => {
    if (ending) return;
    ending = true;
    void (program?.stop() ?? Promise.resolve())
      .then(() => program?.stats !== undefined && report({ type: 'stats', ...program.stats() }))
      .finally(() => leave(exitCode));
  };
  onUncaught((error) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // Standard error is what a supervisor keeps as last words.
    console.error(`An error of Bulkhead's own ends this process. Please report it: ${words.slice(0, 2_000)}`);
    leave(70);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  process.on('disconnect', () => end(0));
  // A utility process ends with the browser process by itself, whose lifeline isn't passed on.
  if (parentPort === undefined) followLifeline(() => end(0));
  // Who read the reports is gone.
  process.stdout.on('error', () => end(1));

  const tellReady = serveControl(() => end(0));
  const settings = readSettings(schema);
  if ('problem' in settings) {
    console.error(settings.problem);
    leave(2);
    return;
  }
  try {
    program = await start(settings.value, { report, end });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    leave(error instanceof SettingsError ? 2 : 1);
    return;
  }
  tellReady();
  onCommand((command) => {
    if (isStop(command)) end(0);
    else program?.command?.(command);
  });
  const { stats } = program;
  if (stats !== undefined) setInterval(() => report({ type: 'stats', ...stats() }), STATS_EVERY_MS).unref();
}

function readSettings<Settings>(schema: z.ZodType<Settings>): { value: Settings } | { problem: string } {
  const text = process.argv.slice(2).find((argument) => argument.startsWith('{')) ?? process.env[SETTINGS_VARIABLE];
  if (text === undefined)
    return { problem: `Settings are missing: a JSON object as first argument, or in ${SETTINGS_VARIABLE}.` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `The settings are not JSON: ${(error as Error).message}` };
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { value: parsed.data } : { problem: `The settings are wrong. ${problemOf(parsed.error)}` };
}

/** Electron's, in a utility process; plain Node.js has none, whatever the types say. */
const parentPort = (process as { parentPort?: Electron.ParentPort }).parentPort;

/** The control port comes with the first message on the parent port. Returns what says that the program is ready. */
function serveControl(stop: () => void): () => void {
  let control: Electron.MessagePortMain | null = null;
  let ready = false;
  const tell = (message: FromChild) => control?.postMessage(message);
  const obey = (order: ToChild) => {
    switch (order.kind) {
      case 'heartbeat':
        tell({ kind: 'heartbeat', beat: order.beat, clock: { atNs: nowNs(), errorNs: 0 }, rejected: [] });
        break;
      case 'fault':
        FAULTS[order.fault](order.durationMs);
        break;
      case 'crash':
        process.abort();
        break;
      case 'shutdown':
        stop();
        break;
      // It has no channels.
      case 'open':
      case 'close':
      case 'figures':
        break;
    }
  };
  parentPort?.on('message', ({ data, ports: [port] }) => {
    if (port === undefined || control !== null) return;
    control = port;
    followClock((data as ProcessHello).clock);
    port.on('message', (event) => obey(event.data as ToChild));
    port.start();
    if (ready) tell({ kind: 'ready' });
  });
  process.on('exit', () => tell({ kind: 'exiting' }));
  return () => {
    ready = true;
    tell({ kind: 'ready' });
  };
}

function report(message: object): void {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else if (process.send === undefined) process.stdout.write(`${JSON.stringify(message)}\n`);
  else if (process.connected) process.send(message, () => undefined);
}

function onCommand(listener: (command: unknown) => void): void {
  if (parentPort !== undefined) parentPort.on('message', ({ data }) => listener(data));
  else process.on('message', listener);
}

function isStop(command: unknown): boolean {
  return typeof command === 'object' && command !== null && 'type' in command && command.type === 'stop';
}

/** Not before what was reported is out. */
function leave(exitCode: number): void {
  process.exitCode = exitCode;
  if (process.send !== undefined && process.connected) process.send({ type: 'ended' }, () => process.exit(exitCode));
  else process.stdout.write('', () => process.exit(exitCode));
}
