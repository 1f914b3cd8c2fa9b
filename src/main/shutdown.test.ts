import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Shutdown, StartError } from './shutdown';
import { say } from '../shared/messages/message';

let exits: number[];
let closed: string[];
let shutDown: Shutdown;
const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
beforeEach(() => {
  vi.useFakeTimers();
  told.mockClear();
  exits = [];
  closed = [];
  shutDown = new Shutdown((exitCode) => exits.push(exitCode));
  for (const part of ['directory', 'window', 'laboratory']) shutDown.onClosing(() => void closed.push(part));
});
afterEach(() => vi.useRealTimers());

/** Lets everything that is due come about. */
const settle = () => vi.advanceTimersByTimeAsync(0);

test('what was opened last is closed first, after the last work', async () => {
  shutDown.lastWork = async () => void closed.push('exports');
  shutDown.request();
  await settle();
  expect(closed).toEqual(['exports', 'laboratory', 'window', 'directory']);
  expect(exits).toEqual([0]);
});

test('a second request cuts the last work short, and the exit code says so', async () => {
  shutDown.lastWork = () => new Promise(() => undefined);
  shutDown.request();
  await settle();
  expect(closed).toEqual([]);
  shutDown.request();
  await settle();
  expect(closed).toEqual(['laboratory', 'window', 'directory']);
  expect(exits).toEqual([1]);
});

test('a request that comes while everything is being closed changes nothing: Chromium passes on some signals twice', async () => {
  let closeIt = () => {};
  shutDown.onClosing(() => new Promise((resolve) => (closeIt = resolve)));
  shutDown.request();
  await settle();
  shutDown.request();
  closeIt();
  await settle();
  expect(exits).toEqual([0]);
});

test('a second error of its own is no request to hurry: the exports go on, and the exit code stays 70', async () => {
  let finish = () => {};
  shutDown.lastWork = () => new Promise((resolve) => (finish = resolve));
  shutDown.bug(new Error('first'));
  await settle();
  shutDown.bug(new Error('second'));
  await settle();
  expect(closed).toEqual([]);
  finish();
  await settle();
  expect(closed).toEqual(['laboratory', 'window', 'directory']);
  expect(exits).toEqual([70]);
  expect(told).toHaveBeenCalledTimes(2);
});

test('an error of its own during a shut-down that was asked for leaves the exports be, and is in the exit code', async () => {
  let finish = () => {};
  shutDown.lastWork = () => new Promise((resolve) => (finish = resolve));
  shutDown.request();
  await settle();
  shutDown.bug(new Error('while writing'));
  await settle();
  expect(closed).toEqual([]);
  finish();
  await settle();
  expect(exits).toEqual([70]);
});

test('the first request after an error of its own does not hurry it, and does nothing twice', async () => {
  const lastWork = vi.fn(() => new Promise<void>(() => undefined));
  shutDown.lastWork = lastWork;
  shutDown.bug(new Error('first'));
  shutDown.request();
  await settle();
  expect(lastWork).toHaveBeenCalledTimes(1);
  expect(closed).toEqual([]);
});

test('an error that keeps the last work from ending does not keep the application', async () => {
  shutDown.lastWork = () => new Promise(() => undefined);
  shutDown.bug(new Error('in the exporter'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(closed).toEqual(['laboratory', 'window', 'directory']);
  expect(exits[0]).toBe(70);
});

test('an error that comes again and again is told a few times', () => {
  for (let i = 0; i < 1000; i += 1) shutDown.bug(new Error('again'));
  expect(told.mock.calls.length).toBeLessThan(10);
});

test('a step that fails keeps no other from its turn', async () => {
  shutDown.onClosing(() => {
    throw new Error('no');
  });
  shutDown.request();
  await settle();
  expect(closed).toEqual(['laboratory', 'window', 'directory']);
  expect(exits).toEqual([1]);
});

test('a step that never ends does not keep the application', async () => {
  shutDown.onClosing(() => new Promise(() => undefined));
  shutDown.request();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(exits).toEqual([1]);
});

test('last work that fails, also before it gives a promise, is told, and everything is closed', async () => {
  shutDown.lastWork = () => {
    throw new Error('The folder is full.');
  };
  shutDown.request();
  await settle();
  expect(told).toHaveBeenCalledWith('The folder is full.');
  expect(closed).toHaveLength(3);
  expect(exits).toEqual([1]);
});

test('what keeps it from starting is told in its own words, and what was opened is closed', async () => {
  shutDown.startFailed(new StartError(say('verbatim', { text: 'There is no room in /t. Free some.' })));
  await settle();
  expect(told.mock.calls).toEqual([['Bulkhead could not start. There is no room in /t. Free some.']]);
  expect(closed).toHaveLength(3);
  expect(exits).toEqual([1]);
});

test('any other error of the start is one of its own', async () => {
  shutDown.startFailed(new TypeError('undefined is not a function'));
  await settle();
  expect(exits).toEqual([70]);
});
