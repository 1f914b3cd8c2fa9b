import type { RouteId } from '../../shared/routes/route-catalog';
import { URL_EXAMPLES, urlFits } from './url-fits';
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
      return urlIn(env, route, 'BULKHEAD_NATS_URL');
    case 'rabbitmq':
      return urlIn(env, route, 'BULKHEAD_AMQP_URL');
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

function urlIn(env: NodeJS.ProcessEnv, route: RouteId, variable: string): GivenServer | null {
  const text = env[variable] ?? '';
  if (text === '') return null;
  // What it holds may have a password in it, so it isn't repeated.
  if (!urlFits(route, text)) throw new Error(`${variable} must be a URL like ${URL_EXAMPLES[route]}.`);
  return { url: text, variable };
}
