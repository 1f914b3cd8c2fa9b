import type { RouteId } from '../../shared/routes/route-catalog';
import { findEmulator } from '../pubsub/find-emulator';

/** A server that somebody else runs: its URL for receivers and subscribers. None is started then. */
export interface GivenServer {
  url: string;
  /** The variable of the environment that names it. */
  variable: string;
  /** The route's mode that tells what is there, where that makes a difference. */
  mode?: string;
}

/** Throws, with a sentence, for a variable that holds no such URL. */
export function givenServer(route: RouteId, env: NodeJS.ProcessEnv = process.env): GivenServer | null {
  switch (route) {
    case 'nats':
      return urlIn(env, 'BULKHEAD_NATS_URL', ['nats:', 'tls:'], 'nats://HOST:4222');
    case 'rabbitmq':
      return urlIn(env, 'BULKHEAD_AMQP_URL', ['amqp:', 'amqps:'], 'amqp://USER:PASSWORD@HOST:5672');
    case 'pubsub':
      return givenPubsub(env);
    case 'http':
    case 'grpc':
      return null;
  }
}

/**
 * The mode to take when a person names none and the machine decides: Google Cloud or an emulator that is named, Google's
 * emulator where it is installed, the embedded server. Undefined where the catalogue's first mode is right.
 */
export function modeHere(route: RouteId, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (route !== 'pubsub') return undefined;
  return givenServer(route, env)?.mode ?? (findEmulator() === null ? 'embedded' : 'emulator');
}

function givenPubsub(env: NodeJS.ProcessEnv): GivenServer | null {
  const project = env['BULKHEAD_PUBSUB_PROJECT'] ?? '';
  if (project !== '') {
    if (!/^[a-z][a-z0-9.:-]{4,62}$/.test(project))
      throw new Error(`BULKHEAD_PUBSUB_PROJECT must be the id of a project of Google Cloud, not "${project}".`);
    return { url: `pubsub://google-cloud/${project}`, variable: 'BULKHEAD_PUBSUB_PROJECT', mode: 'cloud' };
  }
  const host = env['PUBSUB_EMULATOR_HOST'] ?? '';
  if (host === '') return null;
  if (!/^[^\s/@]+:\d{1,5}$/.test(host))
    throw new Error(`PUBSUB_EMULATOR_HOST must be HOST:PORT, such as localhost:8085, not "${host}".`);
  return { url: `pubsub://${host}`, variable: 'PUBSUB_EMULATOR_HOST', mode: 'emulator' };
}

function urlIn(
  env: NodeJS.ProcessEnv,
  variable: string,
  protocols: readonly string[],
  example: string,
): GivenServer | null {
  const text = env[variable] ?? '';
  if (text === '') return null;
  // The servers of a cluster, with a comma between them: only NATS's client takes several.
  const urls = variable === 'BULKHEAD_NATS_URL' ? text.split(',') : [text];
  // What it holds may have a password in it, so it isn't repeated.
  if (!urls.every((url) => protocols.includes(protocolOf(url.trim()))))
    throw new Error(`${variable} must be a URL like ${example}.`);
  return { url: text, variable };
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}
