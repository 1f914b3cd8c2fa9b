// @ts-check
import { expect, test } from 'vitest';
import { missingServers } from './messaging-servers.mjs';

test('what is not there is missing, by the name of its package', () => {
  expect(missingServers(() => true)).toEqual([]);
  expect(missingServers(() => false).map(({ debianPackage }) => debianPackage)).toEqual([
    'nats-server',
    'rabbitmq-server',
    'python3-locust',
  ]);
  expect(missingServers((file) => file.includes('nats')).map(({ debianPackage }) => debianPackage)).toEqual([
    'rabbitmq-server',
    'python3-locust',
  ]);
});
