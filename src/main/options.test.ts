import { expect, test } from 'vitest';
import { readOptions, readRuntimeOrigin } from './options';

const options = (value: unknown) => readOptions({ BULKHEAD_OPTIONS: JSON.stringify(value) });
const runtime = (value: unknown) => readRuntimeOrigin({ BULKHEAD_RUNTIME: JSON.stringify(value) });

test('without word from the launcher the app runs in a window until it is ended', () => {
  expect(readOptions({})).toMatchObject({
    headless: false,
    durationS: null,
    exportDir: null,
    rate: null,
    payloadBytes: null,
    profileDir: null,
  });
});

test('what the launcher says is taken', () => {
  const said = {
    headless: true,
    durationS: 10,
    exportDir: '/x',
    rate: 100,
    payloadBytes: 0,
    stages: true,
    profileDir: '/p',
  };
  expect(options(said)).toMatchObject(said);
});

test.each([
  { headless: 'yes' },
  { durationS: 0 },
  { durationS: '10' },
  { exportDir: 5 },
  { rate: 0 },
  { rate: 1001 },
  { payloadBytes: 32_769 },
  { payloadBytes: -1 },
])('%j is refused', (said) => {
  expect(() => options(said)).toThrow();
});

test('options that are no JSON are refused', () => {
  expect(() => readOptions({ BULKHEAD_OPTIONS: '{' })).toThrow();
});

test('without word from the launcher the runtime counts as unsupported', () => {
  expect(readRuntimeOrigin({})).toMatchObject({ origin: 'unknown', supported: false });
});

test('what the launcher says of the runtime is taken', () => {
  expect(runtime({ origin: 'downloaded', version: '45.0.0', detail: 'official', supported: true })).toEqual({
    origin: 'downloaded',
    detail: 'official',
    supported: true,
  });
});

test.each([
  {},
  { origin: 'somewhere', detail: '', supported: true },
  { origin: 'installed', detail: '', supported: 'yes' },
])('the runtime %j is refused', (said) => {
  expect(() => runtime(said)).toThrow();
});
