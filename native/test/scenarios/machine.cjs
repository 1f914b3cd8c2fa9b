// @ts-check
'use strict';
const assert = require('node:assert/strict');
const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const cpusOfThreads = () =>
  readdirSync('/proc/self/task').map(
    (tid) => /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync(`/proc/self/task/${tid}/status`, 'utf8'))?.[1],
  );

/** Loads the addon in a worker, opens everything, and ends without closing anything. */
const leavingWorker = `
const { workerData: { dir, folder } } = require('node:worker_threads');
const native = require(dir);
const one = native.createSharedChannel(folder + '/m', 4096);
const two = native.openSharedChannel(folder + '/m');
one.onMessage(Buffer.alloc(64), () => {});
two.onMessage(Buffer.alloc(64), () => {});
const socket = native.createDatagramSocket();
socket.bind(folder + '/s');
socket.onMessage(Buffer.alloc(64), () => {});
socket.connect(folder + '/s');
while (socket.send(Buffer.alloc(64)) !== -1) continue;
two.send(Buffer.alloc(8));
process.exit(0);`;

module.exports = {
  'the clock is that of hrtime and never goes back': ({ native }) => {
    const before = Number(process.hrtime.bigint());
    let last = native.monotonicNs();
    assert.ok(last >= before);
    for (let i = 0; i < 10_000; i++) {
      const now = native.monotonicNs();
      assert.ok(now >= last && Number.isInteger(now));
      last = now;
    }
    assert.ok(native.clockResolutionNs() >= 1);
  },

  'affinity covers every thread, and goes back': ({ native }) => {
    const before = native.getAffinity();
    native.setAffinity([before[0]]);
    assert.deepEqual(native.getAffinity(), [before[0]]);
    assert.deepEqual([...new Set(cpusOfThreads())], [String(before[0])]);
    native.setAffinity(before);
    assert.deepEqual(native.getAffinity(), before);
  },

  'affinity that can not be had is refused with the reason, and nothing changes': ({ native }) => {
    const before = native.getAffinity();
    const threads = cpusOfThreads();
    assert.throws(() => native.setAffinity([1023]), { code: 'EINVAL', message: /CPU 1023/ });
    assert.throws(() => native.setAffinity([before[0], 1023]), { code: 'EINVAL', message: /only/ });
    assert.throws(() => native.setAffinity([]), { code: 'EINVAL' });
    assert.throws(() => native.setAffinity([-1]), RangeError);
    assert.throws(() => native.setAffinity('0'), TypeError);
    assert.deepEqual(native.getAffinity(), before);
    assert.deepEqual(cpusOfThreads(), threads);
  },

  'an environment that ends with everything open takes it all along': async ({ native, folder, files }) => {
    for (let round = 0; round < 5; round++) {
      const worker = new Worker(leavingWorker, {
        eval: true,
        workerData: { dir: process.env.BULKHEAD_NATIVE, folder },
      });
      assert.equal(await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject)), 0);
      assert.deepEqual(files(), []);
    }
    // This environment's own instance is untouched.
    const socket = native.createDatagramSocket();
    socket.bind(path.join(folder, 's'));
    socket.close();
  },

  'what nobody refers to any more is closed when it is collected': async ({ native, folder, files }) => {
    require('node:v8').setFlagsFromString('--expose-gc');
    const gc = require('node:vm').runInNewContext('gc');
    (() => {
      for (let i = 0; i < 20; i++) {
        native.createDatagramSocket().bind(path.join(folder, `s${i}`));
        native.createSharedChannel(path.join(folder, `m${i}`), 4096);
      }
    })();
    assert.equal(files().length, 40);
    for (let i = 0; i < 100 && files().length > 0; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.deepEqual(files(), []);
  },
};
