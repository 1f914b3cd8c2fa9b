import { expect, test } from 'vitest';
import { FrameRouter } from './frame-router';

const frame = (to: string, bytes: unknown) => ({ kind: 'frame', to, bytes });

test('a frame goes to the receiver at its address, and to no other', () => {
  const frameRouter = new FrameRouter(() => undefined);
  const heard: string[] = [];
  frameRouter.receive('a', () => heard.push('a'));
  frameRouter.receive('b', () => heard.push('b'));
  expect(frameRouter.take(frame('b', new Uint8Array(1)))).toBe(true);
  expect(heard).toEqual(['b']);
});

test('a control message is left to whoever reads those', () => {
  const frameRouter = new FrameRouter(() => undefined);
  for (const message of [{ kind: 'ready' }, null, 'frame', 7, undefined, []])
    expect(frameRouter.take(message)).toBe(false);
});

test('frames for an address that is closed, or makes no sense, are dropped', () => {
  const frameRouter = new FrameRouter(() => undefined);
  let heard = 0;
  const leave = frameRouter.receive('a', () => {
    heard += 1;
  });
  leave();
  for (const to of ['a', 'never', undefined, {}])
    expect(frameRouter.take({ kind: 'frame', to, bytes: null })).toBe(true);
  expect(heard).toBe(0);
});

test('leaving an address that somebody else has taken since leaves it to them', () => {
  const frameRouter = new FrameRouter(() => undefined);
  const leave = frameRouter.receive('a', () => undefined);
  let heard: unknown = null;
  frameRouter.receive('a', (bytes) => {
    heard = bytes;
  });
  leave();
  frameRouter.take(frame('a', 'x'));
  expect(heard).toBe('x');
});

test('what is posted carries its address', () => {
  const posted: unknown[] = [];
  new FrameRouter((message) => posted.push(message)).post('a', Uint8Array.of(1));
  expect(posted).toEqual([frame('a', Uint8Array.of(1))]);
});
