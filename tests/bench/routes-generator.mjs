// @ts-check
// How well the embedded generator keeps a constant rate: posts to a bare server that answers 202 at once. Beside it a
// process that does nothing but wake up as often as the generator does, which tells what the machine makes of timers.
// `node tests/bench/routes-generator.mjs [posts a second] [seconds]`, after `npm run build`. Needs an otherwise idle
// machine: how long each has waited for a core is told.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');
const role = process.argv[2];
if (role === '--server') {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => response.writeHead(202, { 'Content-Length': 2 }).end('{}'));
  });
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('disconnect', () => process.exit());
  process.send?.({ url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/` });
} else if (role === '--sleeper') {
  // Due every millisecond, as far as timers go; late by what the machine and its other programs take.
  /** @type {number[]} */
  let late = [];
  let due = performance.now() + 1;
  const wake = () => {
    const now = performance.now();
    for (; due <= now; due += 1) late.push(now - due);
    setTimeout(wake, Math.max(0, Math.floor(due - now)));
  };
  wake();
  process.on('disconnect', () => process.exit());
  process.on('message', (order) => {
    if (order === 'end') process.send?.(late.toSorted((a, b) => a - b));
    late = [];
  });
} else {
  const perSecond = Number(process.argv[2] ?? 5_000);
  const seconds = Number(process.argv[3] ?? 20);
  const server = fork(import.meta.filename, ['--server']);
  const [{ url }] = await once(server, 'message');
  const settings = {
    file: path.join(root, 'resources/traffic.json'),
    targets: [{ path: 'http', url }],
    // Nothing arrives anywhere here, and nobody is asked about it.
    collector: 'http://127.0.0.1:9/',
    pace: { kind: 'rate', perSecond },
    loop: true,
    durationMs: seconds * 1_000,
    quietMs: 100,
  };
  const sleeper = fork(import.meta.filename, ['--sleeper']);
  const generator = fork(path.join(root, 'out/main/routes/generator.js'), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const processes = { generator, server };
  const cpu = () =>
    Object.entries(processes).map(([name, { pid }]) => {
      const sums = { name, ran: 0, waited: 0 };
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const [ran, waited] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
        sums.ran += Number(ran);
        sums.waited += Number(waited);
      }
      return sums;
    });
  /** @type {ReturnType<typeof cpu>} */
  let before = [];
  generator.on('message', (/** @type {any} */ report) => {
    if (report.type === 'ready') {
      before = cpu();
      sleeper.send('begin');
    }
    if (report.type !== 'result') return;
    const [lane] = report.lanes;
    console.log(
      `${(lane.sent / report.seconds).toFixed(0)} posts a second for ${report.seconds.toFixed(1)} s, ${lane.failed} failed`,
    );
    for (const [name, figures] of [
      ['lag', report.lagMs],
      ['response', lane.responseMs],
      ['corrected', lane.correctedMs],
    ])
      console.log(
        `${name}: p50 ${figures.p50.toFixed(3)}, p99 ${figures.p99.toFixed(3)}, max ${figures.max.toFixed(1)} ms`,
      );
    for (const [index, { name, ran, waited }] of cpu().entries()) {
      const spent = (ran - (before[index]?.ran ?? 0)) / 1e3;
      const ready = (waited - (before[index]?.waited ?? 0)) / 1e9;
      console.log(
        `${name}: ${(spent / lane.sent).toFixed(1)} µs of CPU a post, ${(spent / 1e4 / report.seconds).toFixed(0)} % of a core; ready to run and waiting for one ${((100 * ready) / report.seconds).toFixed(1)} % of the time`,
      );
    }
    sleeper.send('end');
  });
  generator.once('exit', (code) => {
    if (code !== 0) process.exit(1);
  });
  // The generator's result asks the sleeper for its own.
  const [late] = await once(sleeper, 'message');
  const at = (/** @type {number} */ share) => late[Math.floor(late.length * share)].toFixed(3);
  console.log(
    `a process that only wakes up every ms: late by p50 ${at(0.5)}, p99 ${at(0.99)}, max ${late.at(-1).toFixed(1)} ms`,
  );
  if (generator.exitCode === null) await once(generator, 'exit');
  sleeper.disconnect();
  server.kill();
}
