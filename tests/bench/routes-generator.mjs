// @ts-check
// How well the embedded generator keeps a constant rate: posts to a bare server that answers 202 at once.
// `node tests/bench/routes-generator.mjs [posts a second] [seconds]`, after `npm run build`. Needs an otherwise idle machine.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');
if (process.argv[2] === '--server') {
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => response.writeHead(202, { 'Content-Length': 2 }).end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('disconnect', () => process.exit());
  process.send?.({ url: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/` });
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
  const generator = fork(path.join(root, 'out/main/routes/generator.js'), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  generator.on('message', (/** @type {any} */ report) => {
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
  });
  await once(generator, 'exit');
  server.kill();
}
