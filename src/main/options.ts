import type { Environment } from '../shared/snapshot';
import { words } from '../shared/messages/message';

/** `BULKHEAD_OPTIONS`: what the person asked for on the command line, as `bin/bulkhead` read it. */
export interface Options {
  /** The application with its window, or the benchmark or a load without one. */
  command: 'run' | 'bench' | 'load';
  headless: boolean;
  /** Seconds until the run ends by itself, or null: until the person ends it. */
  durationS: number | null;
  /** Absolute path of the folder for the exports at the end, or null: none. */
  exportDir: string | null;
  rate: number | null;
  payloadBytes: number | null;
  /** Whether pings ask for the stages of their round trip from the start. */
  stages: boolean;
  /** Absolute path of the user-data folder, or null for the ordinary one. */
  profileDir: string | null;
}

/** `BULKHEAD_RUNTIME`: which Electron this is and where it came from, as the set-up resolved it. */
export type RuntimeOrigin = { origin: Environment['runtimeOrigin']; detail: string; supported: boolean };

type Check = (value: unknown) => boolean;
const isBoolean: Check = (value) => typeof value === 'boolean';
const isText: Check = (value) => typeof value === 'string';
const isOneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string);
const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** Checked by hand: the schemas' library is loaded later than this is needed. */
const OPTIONS: { [K in keyof Options]: { check: Check; first: Options[K] } } = {
  command: { check: isOneOf('run', 'bench', 'load'), first: 'run' },
  headless: { check: isBoolean, first: false },
  durationS: { check: orNull((value) => typeof value === 'number' && value > 0), first: null },
  exportDir: { check: orNull(isText), first: null },
  rate: { check: orNull(isWhole(1, 1000)), first: null },
  payloadBytes: { check: orNull(isWhole(0, 32_768)), first: null },
  stages: { check: isBoolean, first: false },
  profileDir: { check: orNull(isText), first: null },
};
const RUNTIME: { [K in keyof RuntimeOrigin]: Check } = {
  origin: isOneOf('override', 'installed', 'downloaded', 'registry-fallback'),
  detail: isText,
  supported: isBoolean,
};

export function readOptions(env: NodeJS.ProcessEnv): Options {
  const said = readObject(env, 'BULKHEAD_OPTIONS', '{}');
  return Object.fromEntries(
    Object.entries(OPTIONS).map(([name, { check, first }]) => [
      name,
      said[name] === undefined ? first : checked('BULKHEAD_OPTIONS', name, said[name], check),
    ]),
  ) as unknown as Options;
}

/** Without word from the launcher the runtime counts as unsupported: the careful side. */
export function readRuntimeOrigin(env: NodeJS.ProcessEnv): RuntimeOrigin {
  if (env['BULKHEAD_RUNTIME'] === undefined) {
    return {
      origin: 'unknown',
      detail: words('start.no-launcher'),
      supported: false,
    };
  }
  const said = readObject(env, 'BULKHEAD_RUNTIME', '{}');
  return Object.fromEntries(
    Object.entries(RUNTIME).map(([name, check]) => [name, checked('BULKHEAD_RUNTIME', name, said[name], check)]),
  ) as unknown as RuntimeOrigin;
}

function readObject(env: NodeJS.ProcessEnv, variable: string, otherwise: string): Record<string, unknown> {
  const said: unknown = JSON.parse(env[variable] ?? otherwise);
  if (typeof said !== 'object' || said === null) throw new Error(`${variable} is no JSON object.`);
  return said as Record<string, unknown>;
}

function checked(variable: string, name: string, value: unknown, check: Check): unknown {
  if (!check(value)) throw new Error(`${variable}: ${name} can't be ${JSON.stringify(value)}.`);
  return value;
}
