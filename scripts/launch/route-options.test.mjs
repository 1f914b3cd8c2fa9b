// @ts-check
import { expect, test } from 'vitest';
import { parseCommand } from './options.mjs';

const parse = (/** @type {string} */ line) => parseCommand(['route', ...line.split(' ').filter(Boolean)], '/here');

test.each([
  ['collector --port 4000', 'collector', { port: 4000 }],
  ['collector --route nats --host 0.0.0.0', 'collector', { host: '0.0.0.0' }],
  [
    'server --route nats --mode jetstream --folder js',
    'server',
    { route: 'nats', mode: 'jetstream', folder: '/here/js' },
  ],
  [
    'subscriber --route nats --url nats://a --collector http://c:1/',
    'subscriber',
    { route: 'nats', url: 'nats://a', collector: 'http://c:1/' },
  ],
  // Where the environment names the server.
  [
    'subscriber --route rabbitmq --collector http://c:1/',
    'subscriber',
    { route: 'rabbitmq', collector: 'http://c:1/' },
  ],
  [
    'subscriber --route grpc --collector http://c:1/',
    'subscriber',
    { route: 'grpc', url: '127.0.0.1:0', collector: 'http://c:1/' },
  ],
  [
    'subscriber --route grpc --host 0.0.0.0 --port 5 --collector http://c/',
    'subscriber',
    { route: 'grpc', url: '0.0.0.0:5', collector: 'http://c/' },
  ],
  ['receiver --route grpc --url host:5', 'receiver', { route: 'grpc', url: 'host:5' }],
  ['receiver --route http --collector http://c:1/', 'receiver', { route: 'http', url: 'http://c:1/' }],
  ['receiver --route pubsub --port 4001', 'receiver', { route: 'pubsub', port: 4001 }],
])('%s', (line, role, settings) => {
  expect(parse(line)).toEqual({ command: 'route', role, settings });
});

test('help', () => {
  expect(parse('--help')).toEqual({ command: 'help', about: 'route' });
  expect(parse('receiver -h')).toEqual({ command: 'help', about: 'route' });
});

test.each([
  ['', 'one of receiver, subscriber, collector, server'],
  ['broker', 'not "broker"'],
  ['receiver subscriber', 'not "receiver subscriber"'],
  ['receiver', '--route is needed'],
  ['receiver --route pigeon', 'http, grpc, nats, rabbitmq, pubsub, not "pigeon"'],
  ['receiver --route nats --mode loud', 'The modes of nats are core, jetstream'],
  ['receiver --route nats --collector http://c/', '--collector is for the subscriber'],
  ['receiver --route http', '--collector is needed'],
  ['receiver --route http --collector nonsense', '--collector must be a URL'],
  ['receiver --route http --url ftp://c/', '--url must be a URL'],
  ['subscriber --route nats --collector http://c:99999/', '--collector must be a URL'],
  ['receiver --route grpc', '--url is needed for grpc'],
  ['receiver --route nats --port 99999', '--port must be'],
  ['receiver --route nats --folder x', '--folder is not for a receiver'],
  ['receiver --route nats --url=', '--url needs a value'],
  ['subscriber --route http --collector http://c/', 'http has no subscriber'],
  ['subscriber --route nats', '--collector is needed'],
  ['subscriber --route nats --collector c', '--collector must be a URL'],
  ['subscriber --route nats --collector http://c/ --port 1', 'listens nowhere'],
  ['subscriber --route grpc --collector http://c/ --url a:1', 'not for the subscriber of grpc'],
  ['server --route grpc', 'it is in the subscriber'],
  ['server --route nats --host 0.0.0.0', 'loopback interface only'],
  ['collector --mode core', '--mode is not for a collector'],
  ['collector --loud', 'There is no option --loud'],
])('%j is refused: %s', (line, words) => {
  expect(parse(line)).toEqual({ error: expect.stringContaining(words) });
  expect(parse(line)).toEqual({ error: expect.stringMatching(/ See: bulkhead route --help$/) });
});
