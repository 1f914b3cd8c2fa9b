// @ts-check
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { isHarmlessNoise, stderrFilter } from './stderr-filter.mjs';

const noise =
  '[4116:1121/005413.801744:ERROR:bus.cc(407)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory';

test('drops what Chromium says without a desktop session', () => {
  expect(isHarmlessNoise(noise)).toBe(true);
  expect(isHarmlessNoise('[1:1/1:ERROR:gl_display.cc(767)] eglInitialize OpenGL failed')).toBe(true);
});

test.each([
  'Error: bus.cc is my file',
  '[1:1/1:ERROR:zygote_linux.cc(673)] write: Broken pipe',
  '[1:1/1:FATAL:bus.cc(1)] Check failed',
  '',
])('keeps %j', (line) => {
  expect(isHarmlessNoise(line)).toBe(false);
});

test('lines are whole even when they arrive in pieces, and the last needs no end', async () => {
  const pieces = ['kept 1\n', noise.slice(0, 30), `${noise.slice(30)}\nkept`, ' 2\nlast'];
  expect(await text(Readable.from(pieces).pipe(stderrFilter()))).toBe('kept 1\nkept 2\nlast');
});

test('a character that is cut between two chunks stays whole', async () => {
  const bytes = Buffer.from('¡año! 🜁\n');
  const pieces = Array.from(bytes, (byte) => Buffer.of(byte));
  expect(await text(Readable.from(pieces).pipe(stderrFilter()))).toBe('¡año! 🜁\n');
});
