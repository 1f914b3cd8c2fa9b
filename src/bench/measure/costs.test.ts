import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CostMeter } from './costs';

const onLinux = process.platform === 'linux';
/** Busy for as long as it is told to, by its own processor time: a machine that is busy as well changes nothing. */
const BUSY = `
process.on('message', (ms) => {
  const began = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(began);
    if (user + system >= ms * 1000) break;
  }
  process.send(process.cpuUsage(began));
});
process.send('ready');
`;

describe.skipIf(!onLinux)('costs', () => {
  const child = spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  beforeAll(() => once(child, 'message'));
  afterAll(() => child.kill('SIGKILL'));

  test('of a busy loop of known processor time are told within a tenth, and at the end that had them', async () => {
    const meter = new CostMeter(process.pid, child.pid as number);
    meter.begin();
    child.send(500);
    const [{ user, system }] = (await once(child, 'message')) as [{ user: number; system: number }];
    meter.end();
    const known = (user + system) * 1000;
    const costs = meter.costs?.answerer;
    expect(costs?.cpuNs).toBeGreaterThan(known * 0.9);
    expect(costs?.cpuNs).toBeLessThan(known * 1.1);
    expect(costs?.systemShare).toBeGreaterThanOrEqual(0);
    expect(costs?.systemShare).toBeLessThanOrEqual(1);
    expect(meter.costs?.pinger?.cpuNs).toBeLessThan(known);
  });

  test('a process that sleeps and wakes switches voluntarily, once for each time at least', async () => {
    const sleeper = spawn(process.execPath, [
      '-e',
      'let n = 0; const step = () => { if (++n < 50) setTimeout(step, 1); else console.log("done"); }; process.stdin.once("data", step); console.log("ready"); setInterval(() => {}, 1e6)',
    ]);
    try {
      await once(sleeper.stdout, 'data');
      const meter = new CostMeter(process.pid, sleeper.pid as number);
      meter.begin();
      sleeper.stdin.write('go\n');
      await once(sleeper.stdout, 'data');
      meter.end();
      expect(meter.costs?.answerer?.voluntary).toBeGreaterThanOrEqual(40);
    } finally {
      sleeper.kill('SIGKILL');
    }
  });

  test('of a process that is gone nothing is made up', () => {
    const meter = new CostMeter(process.pid, 2 ** 22 - 1);
    meter.begin();
    meter.end();
    expect(meter.costs?.pinger).not.toBeNull();
    expect(meter.costs?.answerer).toBeNull();
  });

  test('both ends in one process are counted once', () => {
    const meter = new CostMeter(process.pid, process.pid);
    meter.begin();
    meter.end();
    expect(meter.costs?.answerer).toBeNull();
  });
});
