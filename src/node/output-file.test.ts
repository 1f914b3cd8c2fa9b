import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeWriteFailure, makeFolder, writeOutput } from './output-file';
import { render } from '../shared/messages/message';

let folder = '';
const path = () => join(folder, 'out.csv');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-write-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

function* thenFails(error: Error): Generator<string> {
  yield 'half of ';
  throw error;
}

/** What a piece is followed by happens when it has been written. */
function* calling(done: () => void, ...pieces: string[]): Generator<string> {
  for (const piece of pieces) {
    yield piece;
    done();
  }
}

const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('a write', () => {
  test('puts the pieces together in order', async () => {
    await writeOutput(path(), ['one,', 'two,', new TextEncoder().encode('three')]);
    expect(readFileSync(path(), 'utf8')).toBe('one,two,three');
  });

  test('of no pieces is an empty file', async () => {
    await writeOutput(path(), []);
    expect(readFileSync(path(), 'utf8')).toBe('');
  });

  test('leaves the file and nothing beside it', async () => {
    await writeOutput(path(), ['x']);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('takes the place of a file that is there', async () => {
    writeFileSync(path(), 'old and longer');
    await writeOutput(path(), ['new']);
    expect(readFileSync(path(), 'utf8')).toBe('new');
  });

  test('keeps what is there until it is whole', async () => {
    writeFileSync(path(), 'old');
    const seen: string[] = [];
    await writeOutput(
      path(),
      calling(() => seen.push(readFileSync(path(), 'utf8')), 'a', 'b'),
    );
    expect(seen).toEqual(['old', 'old']);
  });
});

describe('a write that fails', () => {
  test('because the disk is full leaves nothing behind, and says what happened', async () => {
    await expect(writeOutput(path(), thenFails(diskFull()))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves the file that was there before', async () => {
    writeFileSync(path(), 'old');
    await expect(writeOutput(path(), thenFails(diskFull()))).rejects.toThrow();
    expect(readFileSync(path(), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('because its folder is not there makes no folder', async () => {
    await expect(writeOutput(join(folder, 'gone', 'out.csv'), ['x'])).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('because its folder goes away meanwhile says so', async () => {
    const inside = join(folder, 'inside');
    mkdirSync(inside);
    const removing = calling(() => rmSync(inside, { recursive: true, force: true }), 'a', 'b');
    await expect(writeOutput(join(inside, 'out.csv'), removing)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(inside)).toBe(false);
  });

  test('because its folder is a file leaves that file alone', async () => {
    writeFileSync(join(folder, 'file'), 'mine');
    await expect(writeOutput(join(folder, 'file', 'out.csv'), ['x'])).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
  });

  test('because there is a folder of its name leaves that folder alone and nothing beside it', async () => {
    mkdirSync(path());
    await expect(writeOutput(path(), ['x'])).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('because nobody may write there says so', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may write anywhere');
    if (process.platform === 'win32') context.skip('Windows keeps no such mode');
    chmodSync(folder, 0o500);
    await expect(writeOutput(path(), ['x'])).rejects.toMatchObject({ code: 'EACCES' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a write that is cancelled', () => {
  test('on the way leaves nothing behind', async () => {
    const job = new AbortController();
    const writing = writeOutput(
      path(),
      calling(() => job.abort(), 'a', 'b', 'c'),
      job.signal,
    );
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('before it begins leaves nothing behind', async () => {
    await expect(writeOutput(path(), ['a'], AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('asks for no further piece', async () => {
    const job = new AbortController();
    let made = 0;
    function* counting(): Generator<string> {
      for (; made < 100;) {
        made += 1;
        yield 'x';
        job.abort();
      }
    }
    await expect(writeOutput(path(), counting(), job.signal)).rejects.toThrow();
    expect(made).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a link', () => {
  const link = (to: string) => symlinkSync(to, path());

  test('stays one, and its target gets what is written, whole', async () => {
    mkdirSync(join(folder, 'there'));
    writeFileSync(join(folder, 'there', 'target'), 'old and longer');
    link('there/target');
    const seen: string[] = [];
    await writeOutput(
      path(),
      calling(() => seen.push(readFileSync(path(), 'utf8')), 'n', 'ew'),
    );
    expect(seen).toEqual(['old and longer', 'old and longer']);
    expect(readlinkSync(path())).toBe('there/target');
    expect(readFileSync(join(folder, 'there', 'target'), 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'there'))).toEqual(['target']);
  });

  test('whose target is not there yet makes it', async () => {
    mkdirSync(join(folder, 'there'));
    symlinkSync('there/second', join(folder, 'first'));
    link(join(folder, 'first'));
    await writeOutput(path(), ['new']);
    expect(readlinkSync(path())).toBe(join(folder, 'first'));
    expect(readFileSync(join(folder, 'there', 'second'), 'utf8')).toBe('new');
  });

  test('in a folder that is a link leads from where that folder is', async () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    symlinkSync('a/b', join(folder, 'short'));
    symlinkSync('../target', join(folder, 'a', 'b', 'out.csv'));
    await writeOutput(join(folder, 'short', 'out.csv'), ['new']);
    expect(readFileSync(join(folder, 'a', 'target'), 'utf8')).toBe('new');
  });

  test('whose folder is not there makes none', async () => {
    link('gone/target');
    await expect(writeOutput(path(), ['x'])).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('to itself is refused, and stays', async () => {
    link('out.csv');
    await expect(writeOutput(path(), ['x'])).rejects.toMatchObject({ code: 'ELOOP' });
    expect(readlinkSync(path())).toBe('out.csv');
  });

  test('to a device gives it to the device', async () => {
    link('/dev/null');
    await writeOutput(path(), ['x']);
    expect(readlinkSync(path())).toBe('/dev/null');
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('to a device that takes no more fails, and both stay', async () => {
    link('/dev/full');
    await expect(writeOutput(path(), ['x'])).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readlinkSync(path())).toBe('/dev/full');
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  const long = 'x'.repeat(300_000);
  const makeFifo = () => execFileSync('mkfifo', [path()]);
  /** A shell that has the pipe open to read, and does that; `holder` keeps it from reading the end before the beginning. */
  const reading = async (command: string) => {
    const reader = spawn('sh', ['-c', `exec < "$0"; ${command}`, path()], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    reader.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = once(reader, 'close').then(() => out);
    return { reader, ended, holder: await open(path(), 'w') };
  };

  test('stays one, and its reader gets everything', async () => {
    makeFifo();
    const { ended, holder } = await reading('sleep 0.2; wc -c');
    await writeOutput(path(), [long, long]);
    await holder.close();
    expect((await ended).trim()).toBe('600000');
    expect(lstatSync(path()).isFIFO()).toBe(true);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('that nobody reads is refused at once, and stays', async () => {
    makeFifo();
    await expect(writeOutput(path(), ['x'])).rejects.toMatchObject({ code: 'ENXIO' });
    expect(lstatSync(path()).isFIFO()).toBe(true);
  });

  test('whose reader goes away fails', async () => {
    makeFifo();
    const { ended, holder } = await reading('head -c 10');
    await expect(writeOutput(path(), [long, long])).rejects.toMatchObject({ code: 'EPIPE' });
    expect(await ended).toBe('xxxxxxxxxx');
    await holder.close();
    expect(lstatSync(path()).isFIFO()).toBe(true);
  });

  test('whose reader takes nothing blocks nobody, and is waited for until one gives up', async () => {
    makeFifo();
    const { reader, ended, holder } = await reading('exec sleep 60');
    const job = new AbortController();
    const writing = writeOutput(path(), [long], job.signal);
    setTimeout(() => job.abort(), 100);
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    reader.kill('SIGKILL');
    await ended;
    await holder.close();
  });
});

test.skipIf(process.platform === 'win32')('a socket is refused, and stays', async () => {
  const server = createServer().listen(path());
  await once(server, 'listening');
  await expect(writeOutput(path(), ['x'])).rejects.toThrow(/socket/);
  expect(lstatSync(path()).isSocket()).toBe(true);
  server.close();
});

describe('a folder', () => {
  test('is made with those above it', async () => {
    await makeFolder(join(folder, 'a', 'b', 'c'));
    expect(lstatSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true);
  });

  test('that is there is left as it is', async () => {
    writeFileSync(path(), 'mine');
    await makeFolder(folder);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test.skipIf(process.platform === 'win32')('is made where a link leads', async () => {
    symlinkSync('a/b', join(folder, 'link'));
    await makeFolder(join(folder, 'link'));
    await makeFolder(join(folder, 'link'));
    expect(readlinkSync(join(folder, 'link'))).toBe('a/b');
    expect(lstatSync(join(folder, 'a', 'b')).isDirectory()).toBe(true);
  });

  test('is not made in place of a file', async () => {
    writeFileSync(path(), 'mine');
    await expect(makeFolder(path())).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeFolder(join(path(), 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(readFileSync(path(), 'utf8')).toBe('mine');
  });

  test.skipIf(process.platform !== 'linux')('where none can be is refused instead of tried for ever', async () => {
    await expect(makeFolder('/proc/nope/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('what a person is told', () => {
  test.each([
    ['ENOSPC', /disk is full/],
    ['EDQUOT', /disk is full/],
    ['EACCES', /may not write/],
    ['EPERM', /may not write/],
    ['EROFS', /read-only/],
    ['ENOENT', /folder is not there/],
    ['ENOTDIR', /folder is not there/],
    ['EISDIR', /folder of that name/],
    ['ELOOP', /leads back to itself/],
    ['ENXIO', /nobody reads it\. Start its reader first/],
  ])('of %s', (code, said) => {
    const told = render(describeWriteFailure('/x/out.csv', Object.assign(new Error(code), { code })));
    expect(told).toMatch(said);
    expect(told).toContain('/x/out.csv was not written');
  });

  test('of a reader that went away is that it has not got everything', () => {
    const told = render(describeWriteFailure('/x/pipe', Object.assign(new Error('EPIPE'), { code: 'EPIPE' })));
    expect(told).toMatch(/^\/x\/pipe was not written to the end: whoever read it went away\./);
  });

  test('of an error that nobody foresaw is its own message and what to do', () => {
    expect(render(describeWriteFailure('out.csv', new Error('EIO: it broke')))).toBe(
      'out.csv was not written: EIO: it broke. Try again, or choose another folder.',
    );
  });

  test('of something that is no error at all is still a sentence', () => {
    expect(render(describeWriteFailure('out.csv', 'nonsense'))).toMatch(/^out\.csv was not written: nonsense\./);
  });
});
