// @ts-check
import { ArgumentError, readArguments, readFolder, readNumber } from './arguments.mjs';

// `src/shared/routes/route-catalog.ts`: tests/structure/command-line.test.ts holds them together.
export const routeModes = Object.freeze({
  http: ['direct'],
  grpc: ['unary', 'client-stream', 'bidirectional'],
  nats: ['core', 'jetstream'],
  rabbitmq: ['confirmed'],
  pubsub: ['embedded', 'emulator', 'cloud'],
});
export const routeRoles = /** @type {const} */ (['receiver', 'subscriber', 'collector', 'server']);

/** @typedef {keyof typeof routeModes} RouteName */

/** What each role can be told beside its route. */
const allowed = Object.freeze({
  receiver: ['mode', 'url', 'collector', 'host', 'port'],
  subscriber: ['mode', 'url', 'collector', 'host', 'port'],
  collector: ['host', 'port'],
  server: ['mode', 'folder'],
});

/**
 * Reads the arguments after `route`. Pure.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd that a relative folder starts from
 * @throws {ArgumentError}
 */
export function parseRoute(argv, cwd) {
  const { values, positionals } = readArguments(argv, {
    route: { type: 'string' },
    mode: { type: 'string' },
    url: { type: 'string' },
    collector: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    folder: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) return /** @type {const} */ ({ command: 'help', about: 'route' });
  const role = routeRoles.find((each) => each === positionals[0]);
  if (role === undefined || positionals.length > 1)
    throw new ArgumentError(
      `After "route" one of ${routeRoles.join(', ')} is needed${positionals.length === 0 ? '' : `, not "${positionals.join(' ')}"`}.`,
    );
  const route = role === 'collector' && values.route === undefined ? null : routeOf(values.route);
  for (const [name, value] of Object.entries(values)) {
    if (value === '') throw new ArgumentError(`The option --${name} needs a value.`);
    if (name !== 'route' && !allowed[role].includes(name))
      throw new ArgumentError(`--${name} is not for a ${role}.${role === 'server' ? ` ${loopbackOnly}` : ''}`);
  }
  if (route !== null && values.mode !== undefined && !routeModes[route].includes(values.mode))
    throw new ArgumentError(
      `The modes of ${route} are ${routeModes[route].join(', ')}; "${values.mode}" is none of them.`,
    );
  return /** @type {const} */ ({ command: 'route', role, settings: settingsOf(role, route, values, cwd) });
}

const loopbackOnly =
  'A server that Bulkhead starts listens on the loopback interface only; for other machines run one yourself and name it with --url.';

/**
 * @param {typeof routeRoles[number]} role
 * @param {RouteName | null} route
 * @param {Record<string, any>} values
 * @param {string} cwd
 * @returns {Record<string, unknown>} as the program's schema wants them
 */
function settingsOf(role, route, { mode, url, collector, host, port: portText, folder }, cwd) {
  const port = readNumber('port', portText, {
    integer: true,
    least: 0,
    most: 65_535,
    wanted: 'a whole number from 0 to 65535',
  });
  const address = { ...(host === undefined ? {} : { host }), ...(port === null ? {} : { port }) };
  if (role === 'collector' || route === null) return address;
  const common = { route, ...(mode === undefined ? {} : { mode }) };
  if (role === 'server') {
    if (route === 'http' || route === 'grpc')
      throw new ArgumentError(`There is no server of ${route}${route === 'grpc' ? ': it is in the subscriber' : ''}.`);
    return { ...common, ...(folder === undefined ? {} : { folder: readFolder('folder', folder, cwd) }) };
  }
  // The collector is http's other end, so both options say the same there.
  const target = url ?? (route === 'http' ? collector : undefined);
  const where = target === undefined ? {} : { url: target };
  if (role === 'receiver') {
    if (collector !== undefined && route !== 'http')
      throw new ArgumentError(`--collector is for the subscriber of ${route}; its receiver knows the system alone.`);
    if (route === 'http' && target === undefined) throw new ArgumentError('--collector is needed for http.');
    if (route === 'http') checkUrl(url === undefined ? 'collector' : 'url', target);
    if (route === 'grpc' && target === undefined)
      throw new ArgumentError('--url is needed for grpc: HOST:PORT of its subscriber.');
    return { ...common, ...where, ...address };
  }
  if (route === 'http') throw new ArgumentError('http has no subscriber: its receiver posts to the collector.');
  if (collector === undefined) throw new ArgumentError('--collector is needed: the URL of the collector.');
  checkUrl('collector', collector);
  if (route === 'grpc') {
    if (url !== undefined) throw new ArgumentError('--url is not for the subscriber of grpc, which listens: --port.');
    return { ...common, url: `${host ?? '127.0.0.1'}:${port ?? 0}`, collector };
  }
  if (host !== undefined || port !== null)
    throw new ArgumentError(
      `--${host === undefined ? 'port' : 'host'} is not for the subscriber of ${route}, which listens nowhere.`,
    );
  return { ...common, ...where, collector };
}

/** @param {string | undefined} name */
function routeOf(name) {
  if (name === undefined) throw new ArgumentError('--route is needed.');
  if (Object.hasOwn(routeModes, name)) return /** @type {RouteName} */ (name);
  throw new ArgumentError(`--route must be one of ${Object.keys(routeModes).join(', ')}, not "${name}".`);
}

/**
 * @param {string} option
 * @param {string | undefined} text
 */
function checkUrl(option, text = '') {
  if (!/^http:\/\/[^\s/]+/.test(text) || !URL.canParse(text))
    throw new ArgumentError(`--${option} must be a URL such as http://127.0.0.1:4000/, not "${text}".`);
}
