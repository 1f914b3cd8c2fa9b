// @ts-check
'use strict';
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { closeSync, constants, openSync, writeSync } = require('node:fs');
const path = require('node:path');
const { MessageChannel, Worker } = require('node:worker_threads');

/** A FIFO that is read and written here. @param {any} native @param {string} folder @param {string} name */
function fifo(native, folder, name) {
  const file = path.join(folder, name);
  execFileSync('mkfifo', [file]);
  const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  const endpoint = native.wrapStream(fd, fd);
  closeSync(fd);
  return endpoint;
}

const nothing = () => undefined;

/** As `own-wait.ts` does it. @param {any} native @param {() => void} [onAlarm] */
function waitByItself(native, onAlarm = nothing) {
  const said = new Float64Array(2);
  const wait = native.waitByItself(
    () => {
      for (let heard = wait.next(); heard !== undefined; heard = wait.next()) heard(said[0], undefined, said[1]);
    },
    said,
    onAlarm,
  );
  return wait;
}
/** @param {number} delayMs */
const later = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

module.exports = {
  'many endpoints, each message to its own listener': async ({ native, folder }) => {
    const wait = waitByItself(native);
    const ends = Array.from({ length: 20 }, (_, i) => fifo(native, folder, `f${i}`));
    /** @type {number[]} */
    const heard = [];
    const all = new Promise((resolve) => {
      for (const [i, end] of ends.entries()) {
        const into = Buffer.alloc(8);
        end.onMessage(into, (/** @type {number} */ length) => {
          assert.deepEqual([length, into[0]], [1, i]);
          heard.push(i);
          if (heard.length === ends.length) resolve(undefined);
        });
      }
    });
    assert.equal(wait.stats().waitedFor, ends.length);
    for (const [i, end] of ends.entries()) end.send(Buffer.from([i]));
    await all;
    assert.deepEqual(
      heard.toSorted((a, b) => a - b),
      ends.map((_, i) => i),
    );
    for (const end of ends) end.close();
    assert.equal(wait.stats().waitedFor, 0);
  },

  'each message says when it was read, where that is asked for': async ({ native, folder }) => {
    waitByItself(native);
    const end = fifo(native, folder, 'stamped');
    /** @type {(readAtNs: number) => void} */
    let heard = nothing;
    end.onMessage(
      Buffer.alloc(8),
      (/** @type {number} */ _, /** @type {unknown} */ __, /** @type {number} */ readAtNs) => heard(readAtNs),
    );
    for (const on of [false, true, true, false]) {
      end.stampReads(on);
      const before = native.monotonicNs();
      const stamp = await new Promise((resolve) => {
        heard = resolve;
        end.send(Buffer.alloc(1));
      });
      if (on) assert(stamp >= before && stamp <= native.monotonicNs());
      else assert.equal(stamp, Number.NaN);
    }
    end.close();
  },

  'ping-pong without a turn of the event loop': async ({ native, folder }) => {
    const wait = waitByItself(native);
    const [there, back] = [fifo(native, folder, 'there'), fifo(native, folder, 'back')];
    const byte = Buffer.alloc(1);
    let count = 0;
    let turnsBefore = 0;
    const turns = await new Promise((resolve) => {
      there.onMessage(Buffer.alloc(1), () => back.send(byte));
      back.onMessage(Buffer.alloc(1), () => {
        count += 1;
        if (count === 1) turnsBefore = wait.stats().loopTurns;
        if (count === 1001) return resolve(wait.stats().loopTurns - turnsBefore);
        there.send(byte);
      });
      there.send(byte);
    });
    assert.ok(turns < 500, `${turns} turns of the event loop for 1000 messages`);
    there.close();
    back.close();
  },

  'timers, immediates, promises and ticks have their turn beside it': async ({ native, folder }) => {
    waitByItself(native);
    const end = fifo(native, folder, 'f');
    end.onMessage(Buffer.alloc(1), nothing);
    /** @type {string[]} */
    const order = [];
    await later(20);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => {
      end.onMessage(Buffer.alloc(1), () => {
        order.push('message');
        process.nextTick(() => order.push('tick'));
        void Promise.resolve().then(() => order.push('promise'));
        setImmediate(() => order.push('immediate'));
        setTimeout(() => resolve(order.push('timer')), 5);
      });
      end.send(Buffer.alloc(1));
    });
    assert.deepEqual(order, ['message', 'tick', 'promise', 'immediate', 'timer']);
    end.close();
  },

  'an endless stream of messages leaves the event loop its turns': async ({ native, folder }) => {
    waitByItself(native);
    const end = fifo(native, folder, 'f');
    end.onMessage(Buffer.alloc(1), () => end.send(Buffer.alloc(1)));
    end.send(Buffer.alloc(1));
    const { port1, port2 } = new MessageChannel();
    const heard = new Promise((resolve) => port1.once('message', resolve));
    port2.postMessage('hello');
    assert.equal(await heard, 'hello');
    await later(5);
    port1.close();
    end.close();
  },

  'the alarm: in time, replaced, called off, set anew by its own callback': async ({ native, folder }) => {
    let rings = 0;
    /** @type {(value?: unknown) => void} */
    let told = nothing;
    const wait = waitByItself(native, () => {
      rings += 1;
      told();
    });
    const ring = () => new Promise((resolve) => (told = resolve));
    // Without an endpoint, too.
    const began = native.monotonicNs();
    wait.setAlarm(3_000_000);
    await ring();
    assert.ok(native.monotonicNs() - began >= 3_000_000);
    const end = fifo(native, folder, 'f');
    end.onMessage(Buffer.alloc(1), nothing);
    wait.setAlarm(1e9);
    wait.setAlarm(100_000);
    await ring();
    assert.equal(rings, 2);
    wait.setAlarm(1_000_000);
    wait.setAlarm(-1);
    await later(10);
    assert.equal(rings, 2);
    const five = new Promise((resolve) => {
      told = () => (rings === 7 ? resolve(undefined) : wait.setAlarm(0));
    });
    wait.setAlarm(0);
    await five;
    assert.throws(() => wait.setAlarm(0.5), RangeError);
    assert.throws(() => native.waitByItself(nothing, new Float64Array(1), nothing), TypeError);
    assert.throws(() => native.waitByItself(nothing, new Float64Array(2)), TypeError);
    end.close();
  },

  'endpoints that come and go in the middle of their turns': async ({ native, folder }) => {
    const wait = waitByItself(native);
    const ends = Array.from({ length: 6 }, (_, i) => fifo(native, folder, `f${i}`));
    let heard = 0;
    const late = fifo(native, folder, 'late');
    await new Promise((resolve) => {
      for (const [i, end] of ends.entries())
        end.onMessage(Buffer.alloc(1), () => {
          heard += 1;
          // The first that is served closes all others, and begins with another.
          for (const other of ends) if (other !== end) other.close();
          end.close();
          late.onMessage(Buffer.alloc(1), resolve);
          late.send(Buffer.from([i]));
        });
      for (const end of ends) end.send(Buffer.alloc(1));
    });
    assert.equal(heard, 1);
    assert.equal(wait.stats().waitedFor, 1);
    late.close();
    await later(5);
  },

  "a stream's end and a writer's error are told once, and no more waited for": async ({ native, folder }) => {
    const wait = waitByItself(native);
    const file = path.join(folder, 'f');
    execFileSync('mkfifo', [file]);
    const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(file, constants.O_WRONLY);
    const end = native.wrapStream(reader, reader);
    closeSync(reader);
    /** @type {number[]} */
    const heard = [];
    end.onMessage(Buffer.alloc(8), (/** @type {number} */ length) => heard.push(length));
    writeSync(writer, 'abc');
    await later(5);
    closeSync(writer);
    await later(20);
    assert.deepEqual(heard, [3, -1]);
    assert.equal(wait.stats().waitedFor, 0);
    const { sleeps } = wait.stats();
    await later(20);
    assert.ok(wait.stats().sleeps - sleeps < 50);
    end.close();
  },

  'what a listener or the alarm throws is an uncaught exception, and the wait goes on': async ({ native, folder }) => {
    /** @type {string[]} */
    const thrown = [];
    process.on('uncaughtException', (error) => thrown.push(error.message));
    const wait = waitByItself(native, () => {
      throw new Error('alarm');
    });
    const end = fifo(native, folder, 'f');
    let count = 0;
    const second = new Promise((resolve) =>
      end.onMessage(Buffer.alloc(1), () => {
        count += 1;
        if (count === 2) return resolve(undefined);
        throw new Error('listener');
      }),
    );
    wait.setAlarm(0);
    await later(5);
    end.send(Buffer.alloc(2));
    await second;
    assert.deepEqual(thrown, ['alarm', 'listener']);
    process.removeAllListeners('uncaughtException');
    end.close();
  },

  'a worker that waits: woken by the other thread, ended by exit, by terminate and in the middle of a message': async ({
    native,
    folder,
  }) => {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads');
      const { closeSync, constants, openSync } = require('node:fs');
      const native = require(process.env.BULKHEAD_NATIVE);
      const said = new Float64Array(2);
      const serve = () => {
        for (let heard = wait.next(); heard !== undefined; heard = wait.next()) heard(said[0]);
      };
      const wait = native.waitByItself(serve, said, () => undefined);
      const fd = openSync(workerData.in, constants.O_RDWR | constants.O_NONBLOCK);
      const out = openSync(workerData.out, constants.O_RDWR | constants.O_NONBLOCK);
      const end = native.wrapStream(fd, out);
      closeSync(fd);
      closeSync(out);
      const into = Buffer.alloc(1);
      end.onMessage(into, () => {
        if (into[0] === 9) process.exit(9);
        end.send(into);
      });
      parentPort.on('message', (message) => {
        if (message === 'exit') process.exit(3);
        parentPort.postMessage(message);
      });`;
    const there = fifo(native, folder, 'there');
    const back = fifo(native, folder, 'back');
    there.onMessage(Buffer.alloc(1), nothing);
    there.close();
    const name = (/** @type {string} */ which) => path.join(folder, which);
    const toWorker = openSync(name('there'), constants.O_RDWR | constants.O_NONBLOCK);
    for (const [how, wanted] of /** @type {const} */ ([
      ['exit', 3],
      ['terminate', 1],
      ['message', 9],
    ])) {
      const worker = new Worker(script, { eval: true, workerData: { in: name('there'), out: name('back') } });
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      const heard = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage('hello');
      assert.equal(await heard, 'hello');
      const echoed = new Promise((resolve) => back.onMessage(Buffer.alloc(1), resolve));
      writeSync(toWorker, Buffer.from([1]));
      assert.equal(await echoed, 1);
      if (how === 'exit') worker.postMessage('exit');
      else if (how === 'terminate') void worker.terminate();
      else writeSync(toWorker, Buffer.from([9]));
      assert.equal(await ended, wanted);
    }
    closeSync(toWorker);
    back.close();
  },
};
