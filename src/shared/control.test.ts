import { expect, test } from 'vitest';
import { type FromChild, fromChildSchema } from './control';

test.each<FromChild>([
  { kind: 'ready' },
  { kind: 'opened', channelId: 'plugin:echo/message-port' },
  { kind: 'open-failed', channelId: 'c', reason: 'It was gone.' },
  { kind: 'heartbeat', beat: 3, rejected: { c: 0 } },
])('%j is a message of a child', (message) => {
  expect(fromChildSchema.parse(message)).toEqual(message);
});

test.each<unknown>([
  null,
  undefined,
  'ready',
  7,
  [],
  {},
  { kind: 'unknown' },
  { kind: 'shutdown' },
  { kind: 'ready', extra: true },
  { kind: 'opened' },
  { kind: 'opened', channelId: 5 },
  { kind: 'open-failed', channelId: 'c' },
  { kind: 'open-failed', channelId: 'c', reason: 'x'.repeat(2001) },
  { kind: 'heartbeat' },
  { kind: 'heartbeat', beat: '3', rejected: {} },
  { kind: 'heartbeat', beat: 3.5, rejected: {} },
  { kind: 'heartbeat', beat: 3 },
  { kind: 'heartbeat', beat: 3, rejected: { c: -1 } },
  { kind: 'heartbeat', beat: 3, rejected: { c: 'many' } },
  { kind: ['ready'] },
])('%j is none', (message) => {
  expect(fromChildSchema.safeParse(message).success).toBe(false);
});
