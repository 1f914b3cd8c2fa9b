import { constants } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from '../shared/messages/message';

const platform = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
  vi.doUnmock('node:fs');
  vi.resetModules();
});

test('on Windows every transport loads, and one that can not run there says what to do', async () => {
  Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
  // What Node.js has there of fs.constants.
  const kept = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND'];
  const there = Object.fromEntries(
    Object.entries(constants).filter(([name]) => !name.startsWith('O_') || kept.includes(name)),
  );
  vi.doMock('node:fs', async (original) => {
    const real = await original<typeof import('node:fs')>();
    return { ...real, constants: there, default: { ...real, constants: there } };
  });
  vi.resetModules();
  const { transports } = await import('./registry');
  const unavailable = Object.values(transports).flatMap(({ info, availability }) => {
    const answer = availability();
    return answer.available ? [] : [[info.id, render(answer.reason)]];
  });
  expect(Object.fromEntries(unavailable)).toMatchObject({
    'unix-dgram': expect.stringMatching(/Windows has no .*Use another transport/),
    'unix-stream': expect.stringMatching(/Windows has no .*Use another transport/),
    fifo: expect.stringMatching(/Windows has no .*Use another transport/),
    stdout: expect.stringMatching(/Use another transport/),
    file: expect.stringMatching(/./),
  });
  expect(unavailable.map(([id]) => id)).not.toContain('tcp');
});
