import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Piece } from '../../shared/recording/write';
import { describeWriteFailure, writeWhole } from './write-file';

let folder = '';
const path = () => join(folder, 'out.csv');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-write-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const pieces = (...contents: Array<string | Uint8Array>): Piece[] =>
  contents.map((content) => ({ content, samples: 1 }));

const write = (
  to: string,
  what: Iterable<Piece>,
  signal = new AbortController().signal,
  onProgress: (samples: number) => void = () => undefined,
) => writeWhole(to, what, onProgress, signal);

function* thenFails(error: Error): Generator<Piece> {
  yield* pieces('half of ');
  throw error;
}

const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('a write', () => {
  test('puts the pieces together in order', async () => {
    await write(path(), pieces('one,', 'two,', new TextEncoder().encode('three')));
    expect(readFileSync(path(), 'utf8')).toBe('one,two,three');
  });

  test('of no pieces is an empty file', async () => {
    await write(path(), []);
    expect(readFileSync(path(), 'utf8')).toBe('');
  });

  test('leaves the file and nothing beside it', async () => {
    await write(path(), pieces('x'));
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('takes the place of a file that is there', async () => {
    writeFileSync(path(), 'old and longer');
    await write(path(), pieces('new'));
    expect(readFileSync(path(), 'utf8')).toBe('new');
  });

  test('tells the samples of each piece, and leaves out pieces without', async () => {
    const told: number[] = [];
    const what = [
      { content: 'head', samples: 0 },
      { content: 'a', samples: 1000 },
      { content: 'b', samples: 7 },
    ];
    await write(path(), what, undefined, (samples) => told.push(samples));
    expect(told).toEqual([1000, 7]);
  });

  test('keeps what is there until it is whole', async () => {
    writeFileSync(path(), 'old');
    const seen: string[] = [];
    await write(path(), pieces('a', 'b'), undefined, () => seen.push(readFileSync(path(), 'utf8')));
    expect(seen).toEqual(['old', 'old']);
  });
});

describe('a write that fails', () => {
  test('because the disk is full leaves nothing behind, and says what happened', async () => {
    await expect(write(path(), thenFails(diskFull()))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('leaves the file that was there before', async () => {
    writeFileSync(path(), 'old');
    await expect(write(path(), thenFails(diskFull()))).rejects.toThrow();
    expect(readFileSync(path(), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('because its folder is not there makes no folder', async () => {
    await expect(write(join(folder, 'gone', 'out.csv'), pieces('x'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('because its folder goes away meanwhile says so', async () => {
    const inside = join(folder, 'inside');
    mkdirSync(inside);
    function* removing(): Generator<Piece> {
      yield* pieces('a');
      rmSync(inside, { recursive: true });
      yield* pieces('b');
    }
    await expect(write(join(inside, 'out.csv'), removing())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(inside)).toBe(false);
  });

  test('because its folder is a file leaves that file alone', async () => {
    writeFileSync(join(folder, 'file'), 'mine');
    await expect(write(join(folder, 'file', 'out.csv'), pieces('x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
  });

  test('because there is a folder of its name leaves that folder alone and nothing beside it', async () => {
    mkdirSync(path());
    await expect(write(path(), pieces('x'))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  test('because nobody may write there says so', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may write anywhere');
    if (process.platform === 'win32') context.skip('Windows keeps no such mode');
    chmodSync(folder, 0o500);
    await expect(write(path(), pieces('x'))).rejects.toMatchObject({ code: 'EACCES' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a write that is cancelled', () => {
  test('on the way leaves nothing behind', async () => {
    const job = new AbortController();
    const writing = write(path(), pieces('a', 'b', 'c'), job.signal, () => job.abort());
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('before it begins leaves nothing behind', async () => {
    await expect(write(path(), pieces('a'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('asks for no further piece', async () => {
    const job = new AbortController();
    let made = 0;
    function* counting(): Generator<Piece> {
      for (; made < 100;) {
        made += 1;
        yield { content: 'x', samples: 1 };
      }
    }
    await expect(write(path(), counting(), job.signal, () => job.abort())).rejects.toThrow();
    expect(made).toBe(2);
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
  ])('of %s', (code, said) => {
    const told = describeWriteFailure('/x/out.csv', Object.assign(new Error(code), { code }));
    expect(told).toMatch(said);
    expect(told).toContain('/x/out.csv was not written');
  });

  test('of an error that nobody foresaw is its own message and what to do', () => {
    expect(describeWriteFailure('out.csv', new Error('EIO: it broke'))).toBe(
      'out.csv was not written: EIO: it broke. Try again, or choose another folder.',
    );
  });

  test('of something that is no error at all is still a sentence', () => {
    expect(describeWriteFailure('out.csv', 'nonsense')).toMatch(/^out\.csv was not written: nonsense\./);
  });
});
