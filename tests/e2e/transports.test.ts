import { closeSync, constants, openSync, readdirSync, readlinkSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../src/plugins/echo/manifest.json' with { type: 'json' };
import { pluginManifestSchema } from '../../src/shared/plugin-manifest';
import { ENABLED_FROM_THE_START } from '../../src/shared/transport-catalog';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const OFF = pluginManifestSchema
  .parse(manifest)
  .transports.filter((id) => !ENABLED_FROM_THE_START.has(id))
  .map((id) => `plugin:echo/${id}`);
const row = (id: string) => app.shell.getByTestId(`channel-${id}`);
const status = (id: string) => row(id).getAttribute('data-status');

/** Bytes that the browser process would have had, or 0: it reads the same pipe, and is woken as soon as something is there. */
function takeWhatIsThere(fd: number, into: Buffer): number {
  for (const end = performance.now() + 90; performance.now() < end;) {
    try {
      return readSync(fd, into, 0, into.byteLength, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
  return 0;
}

/** A frame's header with another length and the checksum (RFC 1071) that is right for it. */
function announcing(header: Buffer, length: number): Buffer {
  header.writeUInt32LE(length, 20);
  header.writeUInt16LE(0, 6);
  let sum = 0;
  for (let at = 0; at < header.byteLength; at += 2) sum += header.readUInt16LE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  header.writeUInt16LE(0xffff - sum, 6);
  return header;
}

function runFiles(): string[] {
  const [run] = app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'));
  return readdirSync(join(app.home, 't', run as string)).toSorted();
}

/**
 * How many sockets and files a process holds. Not /dev/null: libuv opens that once for its loop, at the first stream, in
 * reserve for when it runs out of descriptors. Nor what the browser process reads of /proc now and then.
 */
function descriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return /^(socket|\/(?!dev\/null$|proc\/))/.test(readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      return false;
    }
  }).length;
}

test('what is not measured from the start is in the table, and neither in the legend nor in the recording', async () => {
  for (const id of OFF) {
    expect(['paused', 'unavailable'], id).toContain(await status(id));
    expect(await app.shell.getByTestId(`legend-${id}`).count(), id).toBe(0);
  }
  const recorded = (await app.recording()).channels.map(({ id }) => id);
  expect(recorded).toHaveLength(9);
  // Those that are measured stand above all others.
  const rows = await app.shell
    .locator('[data-testid^="channel-"][data-status]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-status')));
  expect(rows.slice(0, 9)).toEqual(Array(9).fill('measuring'));
  expect(rows.slice(9)).not.toContain('measuring');
});

test('each can be switched on live and measures without loss, and switched off leaves no file and no socket at either end', async () => {
  const wanted: string[] = [];
  for (const id of OFF) if ((await status(id)) === 'paused') wanted.push(id);
  expect(wanted.length).toBeGreaterThan(0);
  const pid = (await app.processPid('plugin:echo')) as number;
  // The floors of what is measured from the start have pipes of their own.
  await until(async () => expect((await app.recording()).floors).toHaveLength(2));
  const before = { files: runFiles(), plugin: descriptors(pid), browser: descriptors(app.pid) };
  for (const id of wanted) expect(await app.request('channel:enable', id, true)).toEqual({ ok: true });
  for (const id of wanted) {
    await until(async () => expect(await status(id), id).toBe('measuring'));
    await app.shell.getByTestId(`legend-${id}`).waitFor();
  }
  await until(async () => {
    const { channels } = await app.recording();
    for (const id of wanted)
      expect(channels.find((channel) => channel.id === id)?.totals.answered, id).toBeGreaterThan(20);
  });
  for (const { id, totals, fromSent } of (await app.recording()).channels) {
    expect(totals.lost, id).toBe(0);
    expect(totals.rejected, id).toBe(0);
    expect(fromSent?.p50, id).toBeGreaterThan(0);
  }
  expect(descriptors(pid)).toBeGreaterThan(before.plugin);
  for (const id of wanted) expect(await app.request('channel:enable', id, false)).toEqual({ ok: true });
  await until(() =>
    expect({ files: runFiles(), plugin: descriptors(pid), browser: descriptors(app.pid) }).toEqual(before),
  );
  for (const id of wanted) await until(async () => expect(await status(id), id).toBe('paused'));
});

test('what no plugin can have live stands in the table with its reason, and can not be switched on', async () => {
  for (const id of ['stdout', 'stdout-alloc', 'icmp'].map((each) => `plugin:echo/${each}`)) {
    expect(await status(id), id).toBe('unavailable');
    await app.request('channel:enable', id, true);
    expect(await status(id), id).toBe('unavailable');
    await app.request('channel:enable', id, false);
  }
  expect(await row('plugin:echo/stdout').textContent()).toContain('A plugin has no stdin');
});

test('a header that another process has copied from a named pipe, and made to announce 1 MiB, loses no ping', async () => {
  const fifos = ['plugin:echo/fifo', 'plugin:digest/fifo'];
  const totals = async () => {
    const channels = (await app.recording()).channels.filter(({ id }) => fifos.includes(id));
    const sum = (read: (channel: (typeof channels)[number]) => number) =>
      channels.reduce((total, channel) => total + read(channel), 0);
    return {
      rejected: sum((channel) => channel.totals.rejected),
      lost: sum((channel) => channel.totals.lost),
      answered: Math.min(...channels.map((channel) => channel.totals.answered)),
    };
  };
  // So that on a busy machine no other ping is lost either.
  await app.request('probe:configure', { ratePerSecond: 100, payloadBytes: 64, timeoutMs: 5000 });
  const before = await totals();
  const directory = app.temporaryFiles().find((name) => name.startsWith('bulkhead-run-')) as string;
  const toBrowser = runFiles().find((name) => name.endsWith('.out')) as string;
  const fd = openSync(join(app.home, 't', directory, toBrowser), constants.O_RDWR | constants.O_NONBLOCK);
  const stolen = Buffer.alloc(64 * 1024);
  let pongs = 0;
  try {
    await until(() => {
      const bytes = takeWhatIsThere(fd, stolen);
      expect(bytes).toBeGreaterThan(0);
      pongs = bytes / (24 + stolen.readUInt32LE(20));
    });
    expect(stolen.toString('latin1', 0, 4)).toBe('BKHD');
    writeSync(fd, announcing(stolen.subarray(0, 24), 1024 * 1024));
  } finally {
    closeSync(fd);
  }
  await until(async () => expect((await totals()).rejected).toBe(before.rejected + 1));
  const { answered } = await totals();
  await until(async () => expect((await totals()).answered).toBeGreaterThan(answered + 50));
  // The pongs that the injected header took are lost once their time is up, and no other.
  await until(async () => expect((await totals()).lost).toBe(before.lost + pongs));
});

test('a channel that was switched on comes back with its process, and one that was not stays off', async () => {
  const [on, off] = ['plugin:echo/tcp', 'plugin:echo/file'];
  await app.request('channel:enable', on as string, true);
  await until(async () => expect(await status(on as string)).toBe('measuring'));
  const pid = await app.processPid('plugin:echo');
  await app.press('plugin:echo', 'kill');
  await until(async () => expect([null, pid]).not.toContain(await app.processPid('plugin:echo')));
  await until(async () => expect(await status(on as string)).toBe('measuring'));
  expect(await status(off as string)).toBe('paused');
});
