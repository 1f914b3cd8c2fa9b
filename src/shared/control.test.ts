import { expect, test } from 'vitest';
import { type FromChild, fromChildSchema } from './control';

test.each<FromChild>([
  { kind: 'ready' },
  { kind: 'opened', channelId: 'plugin:echo/message-port', opening: 3 },
  { kind: 'open-failed', channelId: 'c', opening: 0, reason: 'It was gone.' },
  { kind: 'heartbeat', beat: 3, clock: null, rejected: [{ channelId: 'c', opening: 1, count: 0 }] },
  { kind: 'heartbeat', beat: 3, clock: { atNs: 1.5, errorNs: 0 }, rejected: [] },
  { kind: 'exiting' },
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
  { kind: 'opened', channelId: 5, opening: 1 },
  { kind: 'opened', channelId: 'c' },
  { kind: 'opened', channelId: 'c', opening: -1 },
  { kind: 'open-failed', channelId: 'c', opening: 1 },
  { kind: 'open-failed', channelId: 'c', opening: 1, reason: 'x'.repeat(2001) },
  { kind: 'heartbeat' },
  { kind: 'heartbeat', beat: '3', clock: null, rejected: [] },
  { kind: 'heartbeat', beat: 3.5, clock: null, rejected: [] },
  { kind: 'heartbeat', beat: 3, clock: null },
  { kind: 'heartbeat', beat: 3, rejected: [] },
  { kind: 'heartbeat', beat: 3, clock: { atNs: 1, errorNs: -1 }, rejected: [] },
  { kind: 'heartbeat', beat: 3, clock: { atNs: Number.NaN, errorNs: 0 }, rejected: [] },
  { kind: 'heartbeat', beat: 3, clock: { atNs: 1, errorNs: 'small' }, rejected: [] },
  { kind: 'heartbeat', beat: 3, clock: null, rejected: [{ channelId: 'c', opening: 1, count: -1 }] },
  { kind: 'heartbeat', beat: 3, clock: null, rejected: [{ channelId: 'c', opening: 1, count: 'many' }] },
  {
    kind: 'heartbeat',
    beat: 3,
    clock: null,
    rejected: Array.from({ length: 65 }, () => ({ channelId: 'c', opening: 1, count: 0 })),
  },
  { kind: ['ready'] },
])('%j is none', (message) => {
  expect(fromChildSchema.safeParse(message).success).toBe(false);
});
