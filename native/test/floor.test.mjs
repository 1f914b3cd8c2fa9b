// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { floorFile, missing, run } from './support/runtime.mjs';

const methods = [
  ...['unix-dgram', 'unix-stream', 'fifo', 'stdout', 'tcp', 'tcp-delay', 'tcp6', 'udp', 'udp6'],
  ...['shmem', 'shmem-futex', 'file', 'icmp'],
];
/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bh-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {string[]} args
 * @param {(child: import('node:child_process').ChildProcess) => void} [onStart]
 */
const floor = (args, onStart) => run(floorFile, args, { env: { TMPDIR: folder }, onStart });

/** Ends by itself after far more time than a test takes. @param {string} method */
const longRun = (method) => ['--method', method, '--count', '10000000', '--timeout-s', '60'];

/** @param {number | undefined} parent @returns {number[]} */
function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => {
      try {
        return (
          /^\d+$/.test(name) && Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]) === parent
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Calls back once the peer is there and everything is under way. */
function whenRunning(/** @type {(child: import('node:child_process').ChildProcess, peer: number) => void} */ act) {
  return (/** @type {import('node:child_process').ChildProcess} */ child) => {
    const timer = setInterval(() => {
      const [peer] = childrenOf(child.pid);
      if (peer === undefined) return;
      clearInterval(timer);
      setTimeout(() => act(child, peer), 50);
    }, 5);
    child.once('exit', () => clearInterval(timer));
  };
}

const leftInMemory = () => readdirSync('/dev/shm').filter((name) => name.startsWith('bulkhead-floor-'));

describe.skipIf(missing !== null)(`floor${missing === null ? '' : ` (${missing})`}`, () => {
  test('lists every method with its availability', async () => {
    const { code, stdout } = await floor(['--list']);
    expect(code).toBe(0);
    const list = JSON.parse(stdout);
    expect(list.version).toBe(1);
    expect(list.methods.map((/** @type {{ method: string }} */ entry) => entry.method)).toEqual(methods);
    for (const { available, reason } of list.methods)
      expect(available ? reason === null : typeof reason === 'string').toBe(true);
  });

  describe.each(methods)('%s', (method) => {
    test('gives as many round trips as asked for, or says why it can not', async () => {
      const { code, stdout, stderr } = await floor([
        '--method',
        method,
        '--size',
        '64',
        '--count',
        '50',
        '--warmup',
        '5',
      ]);
      if (code === 3) {
        expect(stderr).toMatch(/\w+.*\.\n$/);
        return;
      }
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const result = JSON.parse(stdout);
      expect(result).toMatchObject({ version: 1, method, size: 64, warmup: 5, count: 50, cpu_a: null, cpu_b: null });
      expect(result.rtt_ns.length + result.lost).toBe(50);
      for (const ns of result.rtt_ns) expect(ns > 0 && Number.isInteger(ns)).toBe(true);
      expect(result.clock_resolution_ns).toBeGreaterThan(0);
      expect(readdirSync(folder)).toEqual([]);
    });

    test('carries its largest message that makes sense, and refuses one byte more', async () => {
      const { stdout: listed } = await floor(['--list']);
      const {
        available,
        max_bytes: most,
        min_bytes: least,
      } = JSON.parse(listed).methods.find((/** @type {{ method: string }} */ entry) => entry.method === method);
      if (!available) return;
      const large = Math.min(most, method === 'unix-dgram' ? 200_000 : 1 << 20);
      for (const size of [least, large]) {
        const { code, stderr } = await floor([
          '--method',
          method,
          '--size',
          String(size),
          '--count',
          '3',
          '--warmup',
          '0',
        ]);
        expect(stderr).toBe('');
        expect(code).toBe(0);
      }
      expect((await floor(['--method', method, '--size', String(most + 1)])).code).toBe(2);
      if (least > 0) expect((await floor(['--method', method, '--size', '0'])).code).toBe(2);
    });
  });

  test.each(['shmem-futex', 'unix-dgram', 'fifo', 'tcp'])(
    '%s really switches for each message on one core',
    async (method) => {
      const { stdout } = await floor(['--method', method, '--count', '500', '--cpu-a', '0', '--cpu-b', '0']);
      if (stdout !== '') expect(JSON.parse(stdout).switches).toBeGreaterThanOrEqual(450);
    },
  );

  test.each(['unix-dgram', 'unix-stream', 'fifo', 'tcp', 'udp'])(
    '%s looks before it sleeps when it is told to, at every size',
    async (method) => {
      for (const size of ['1', '65000']) {
        const args = ['--method', method, '--size', size, '--count', '200', '--spin-ns', '50000'];
        const { code, stdout, stderr } = await floor(args);
        expect(stderr).toBe('');
        expect(code).toBe(0);
        const result = JSON.parse(stdout);
        expect(result).toMatchObject({ spin_ns: 50_000, wait: expect.stringMatching(/^looking/) });
        expect(result.rtt_ns.length + result.lost).toBe(200);
      }
    },
  );

  test('paced, it sleeps as long between two messages as the rate says', async () => {
    const began = process.hrtime.bigint();
    const { stdout } = await floor(['--method', 'fifo', '--count', '40', '--warmup', '0', '--rate', '200']);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ rate: 200, rtt_ns: { length: 40 } });
    // 40 intervals of 5 ms: it can be later than that, and never sooner.
    expect(Number(process.hrtime.bigint() - began)).toBeGreaterThan(195e6);
    // Asleep on the clock and on the answer.
    expect(result.switches).toBeGreaterThanOrEqual(60);
  });

  test('followed, it tells when each message was sent until it is ended, and its peer goes with it', async () => {
    let peerPid = 0;
    const { stdout, signal } = await floor(
      ['--method', 'unix-dgram', '--rate', '200', '--follow'],
      whenRunning((child, peer) => {
        peerPid = peer;
        setTimeout(() => child.kill('SIGTERM'), 1500);
      }),
    );
    const now = Number(process.hrtime.bigint());
    expect(signal).toBe('SIGTERM');
    const lines = stdout
      .trim()
      .split('\n')
      .map((/** @type {string} */ text) => JSON.parse(text));
    expect(lines.length).toBeGreaterThan(1);
    const sent = lines.flatMap((/** @type {{ sent_ns: number[] }} */ line) => line.sent_ns);
    expect(sent).toEqual(sent.toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b));
    expect(now - sent[0] > 0 && now - sent[0] < 60e9).toBe(true);
    for (const { sent_ns, rtt_ns, lost } of lines) {
      expect([rtt_ns.length, lost]).toEqual([sent_ns.length, 0]);
      expect(Math.min(...rtt_ns)).toBeGreaterThan(0);
    }
    await expect.poll(() => childStatus(peerPid), { timeout: 10_000 }).toMatch(/gone|zombie/);
  });

  test('with a bound on the average it sends bursts of 20 at the rate, and leaves out the first after each rest', async () => {
    const { stdout } = await floor(
      ['--method', 'fifo', '--rate', '1000', '--at-most', '100', '--follow'],
      whenRunning((child) => setTimeout(() => child.kill('SIGTERM'), 1500)),
    );
    const sent = stdout
      .split('\n')
      .flatMap((/** @type {string} */ text) => (text === '' ? [] : JSON.parse(text).sent_ns));
    const gaps = sent.slice(1).map((/** @type {number} */ at, /** @type {number} */ i) => at - sent[i]);
    // Evenly spread they would be 10 ms apart.
    expect(gaps.toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b)[gaps.length >> 1]).toBeLessThan(
      5e6,
    );
    expect(sent.length).toBeLessThanOrEqual(((sent.at(-1) - sent[0]) / 1e9) * 100 + 20);
  });

  test('followed, it ends when nobody reads it any more', async () => {
    let peerPid = 0;
    const { code, stderr } = await floor(
      ['--method', 'fifo', '--rate', '100', '--follow'],
      whenRunning((child, peer) => {
        peerPid = peer;
        child.stdout?.destroy();
      }),
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('Nobody reads')]);
    await expect.poll(() => childStatus(peerPid), { timeout: 10_000 }).toMatch(/gone|zombie/);
  });

  test.each(['shmem', 'file'])('%s is not followed: it would keep a core busy', async (method) => {
    const { code, stderr } = await floor(['--method', method, '--rate', '20', '--follow']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('busy')]);
  });

  test('does not take a time to look for a method that is defined by how it waits', async () => {
    const { code, stderr } = await floor(['--method', 'shmem-futex', '--spin-ns', '50000']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/shmem-futex/);
  });

  test.each(['tcp', 'shmem', 'shmem-futex', 'file', 'stdout'])(
    '%s: a killed peer is an error at once, no hang',
    async (method) => {
      const { code, stderr, stdout } = await floor(
        longRun(method),
        whenRunning((_child, peer) => process.kill(peer, 'SIGKILL')),
      );
      expect(stderr).toMatch(/peer process.*(Killed|ended|closed)/);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each(['SIGINT', 'SIGTERM'])('%s leaves nothing and is obeyed', async (signal) => {
    for (const method of ['unix-dgram', 'fifo', 'shmem', 'file']) {
      let peerPid = 0;
      const before = leftInMemory();
      const { signal: ended, stderr } = await floor(
        longRun(method),
        whenRunning((child, peer) => {
          peerPid = peer;
          child.kill(/** @type {NodeJS.Signals} */ (signal));
        }),
      );
      expect(ended).toBe(signal);
      expect(stderr).toContain('interrupted');
      expect(readdirSync(folder)).toEqual([]);
      expect(leftInMemory()).toEqual(before);
      expect(() => process.kill(peerPid, 0)).toThrow('ESRCH');
    }
  });

  test('killed outright it leaves nothing either, and the peer dies with it', async () => {
    for (const method of ['unix-dgram', 'shmem']) {
      let peerPid = 0;
      const before = leftInMemory();
      await floor(
        longRun(method),
        whenRunning((child, peer) => {
          peerPid = peer;
          child.kill('SIGKILL');
        }),
      );
      expect(readdirSync(folder)).toEqual([]);
      expect(leftInMemory()).toEqual(before);
      await expect.poll(() => childStatus(peerPid), { timeout: 10_000 }).toMatch(/gone|zombie/);
    }
  });

  test('the time limit ends a run with a sentence', async () => {
    const { code, stderr } = await floor(['--method', 'shmem-futex', '--count', '10000000', '--timeout-s', '1']);
    expect(stderr).toContain('time limit');
    expect(code).toBe(1);
  });

  test('pins both ends where it may, and says when it may not', async () => {
    const { stdout } = await floor(['--method', 'tcp', '--count', '5', '--cpu-a', '0', '--cpu-b', '0']);
    if (stdout !== '') expect(JSON.parse(stdout)).toMatchObject({ cpu_a: 0, cpu_b: 0 });
    const refused = await floor(['--method', 'tcp', '--count', '5', '--cpu-a', '0', '--cpu-b', '1000']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('CPU');
  });

  test.each([
    [[], 'method'],
    [['--method', 'pigeon'], 'pigeon'],
    [['--method', 'tcp', '--size', '-1'], '-1'],
    [['--method', 'tcp', '--count', '0'], '0'],
    [['--method', 'tcp', '--count', '5x'], '5x'],
    [['--method', 'tcp', '--rate', '0'], '0'],
    [['--method', 'tcp', '--follow'], '--rate'],
    [['--method', 'tcp', '--loud'], '--loud'],
    [['--method', 'tcp', 'more'], 'more'],
  ])('wrong arguments %j are exit 2 with a sentence', async (args, named) => {
    const { code, stderr, stdout } = await floor(args);
    expect(code).toBe(2);
    expect(stderr).toContain(named);
    expect(stdout).toBe('');
  });

  test('a temporary folder that can not be used is named', async () => {
    const none = await run(floorFile, ['--method', 'fifo'], { env: { TMPDIR: path.join(folder, 'none') } });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining(path.join(folder, 'none'))]);
    const long = await run(floorFile, ['--method', 'fifo'], { env: { TMPDIR: `/${'x'.repeat(300)}` } });
    expect([long.code, long.stderr]).toEqual([1, expect.stringContaining('TMPDIR')]);
  });
});

/** @param {number} pid */
function childStatus(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) ? 'zombie' : 'alive';
  } catch {
    return 'gone';
  }
}
