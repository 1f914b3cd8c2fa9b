import { expect, test } from 'vitest';
import { givenServer } from './given-server';

test('a variable names a server, and none names none', () => {
  expect(givenServer('nats', {})).toBeNull();
  expect(givenServer('nats', { BULKHEAD_NATS_URL: '' })).toBeNull();
  expect(givenServer('nats', { BULKHEAD_NATS_URL: 'nats://a:4222,tls://b:4222' })).toEqual({
    url: 'nats://a:4222,tls://b:4222',
    variable: 'BULKHEAD_NATS_URL',
  });
  expect(givenServer('rabbitmq', { BULKHEAD_AMQP_URL: 'amqps://u:p@cluster/' })).toEqual({
    url: 'amqps://u:p@cluster/',
    variable: 'BULKHEAD_AMQP_URL',
  });
  expect(givenServer('pubsub', { PUBSUB_EMULATOR_HOST: 'localhost:8085' })).toEqual({
    url: 'pubsub://localhost:8085',
    variable: 'PUBSUB_EMULATOR_HOST',
    mode: 'emulator',
  });
  expect(givenServer('http', { BULKHEAD_NATS_URL: 'nats://a' })).toBeNull();
});

test('Google Cloud goes before an emulator, and only by the name of a project', () => {
  expect(givenServer('pubsub', { BULKHEAD_PUBSUB_PROJECT: 'my-project', PUBSUB_EMULATOR_HOST: 'a:1' })).toEqual({
    url: 'pubsub://google-cloud/my-project',
    variable: 'BULKHEAD_PUBSUB_PROJECT',
    mode: 'cloud',
  });
});

test.each([
  ['nats', { BULKHEAD_NATS_URL: 'http://a' }, 'BULKHEAD_NATS_URL must be a URL like nats://'],
  ['nats', { BULKHEAD_NATS_URL: 'nats://a,nonsense' }, 'BULKHEAD_NATS_URL'],
  ['rabbitmq', { BULKHEAD_AMQP_URL: 'u:secret@host' }, 'BULKHEAD_AMQP_URL'],
  ['pubsub', { PUBSUB_EMULATOR_HOST: 'localhost' }, 'HOST:PORT'],
  ['pubsub', { BULKHEAD_PUBSUB_PROJECT: 'A b' }, 'id of a project'],
] as const)('%s refuses %j', (route, env, words) => {
  expect(() => givenServer(route, env)).toThrow(words);
});

test('a refusal does not repeat a password', () => {
  expect(() => givenServer('rabbitmq', { BULKHEAD_AMQP_URL: 'http://u:secret@host' })).toThrow(/^(?!.*secret)/);
});
