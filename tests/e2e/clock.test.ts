import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ClockOrigin, ClockReading } from '../../src/shared/clock';
import { SITE_CONTROL_CHANNEL, SITE_HELLO_CHANNEL } from '../../src/shared/ipc-channels';
import { AppUnderTest } from './support/app';
import { CommandUnderTest } from './support/command';

/** One clock for all processes: a time taken in any of them lies between the question and the arrival of the answer. */

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.launch();
});
afterAll(() => app?.close());

const BEATS = 30;
/** So far a page's clock is rounded. */
const STEP_NS = 100e3;
const out = (path: string) => join(inject('stage').root, 'out', path);

interface Exchange {
  sentNs: number;
  receivedNs: number;
  clock: ClockReading | null;
}

/** Beats to the real far end of a plugin or a page, from the application's own browser process. */
function beats(kind: 'plugin' | 'page', file: string, zero?: ClockOrigin): Promise<Exchange[]> {
  return app.electron.evaluate(
    async ({ BrowserWindow, MessageChannelMain, utilityProcess }, { kind, file, zero, hello, controlName, count }) => {
      const own = process.hrtime();
      const clock = zero ?? { seconds: own[0], nanoseconds: own[1] };
      const nowNs = () => {
        const [seconds, nanoseconds] = process.hrtime();
        return (seconds - clock.seconds) * 1e9 + nanoseconds - clock.nanoseconds;
      };
      const { port1, port2 } = new MessageChannelMain();
      const heardOf = (kind: string, beat?: number) =>
        new Promise<{ data: { clock: ClockReading | null }; atNs: number }>((resolve) => {
          port1.on('message', ({ data }) => {
            if (data.kind === kind && data.beat === beat) resolve({ data, atNs: nowNs() });
          });
        });
      const ready = heardOf('ready');
      port1.start();
      let end: () => void;
      if (kind === 'plugin') {
        const child = utilityProcess.fork(file, [], { serviceName: 'clock-test' });
        child.postMessage({ clock }, [port2]);
        end = () => void child.kill();
      } else {
        const window = new BrowserWindow({
          show: false,
          frame: false,
          webPreferences: { preload: file, partition: 'clock-test', sandbox: true, backgroundThrottling: false },
        });
        const { webContents } = window;
        webContents.ipc.once(hello, () => webContents.mainFrame.postMessage(controlName, null, [port2]));
        void webContents.loadURL('data:text/html,<title>Clock</title>');
        end = () => window.destroy();
      }
      await ready;
      const exchanges = [];
      let heard: { beat: number; atNs: number } | null = null;
      for (let beat = 1; beat <= count; beat += 1) {
        const answer = heardOf('heartbeat', beat);
        const sentNs = nowNs();
        port1.postMessage({ kind: 'heartbeat', beat, sentNs, heard });
        const { data, atNs } = await answer;
        heard = { beat, atNs };
        exchanges.push({ sentNs, receivedNs: atNs, clock: data.clock });
      }
      end();
      return exchanges;
    },
    { kind, file, zero, hello: SITE_HELLO_CHANNEL, controlName: SITE_CONTROL_CHANNEL, count: BEATS },
  );
}

test('a plugin reads the clock exactly', async () => {
  const exchanges = await beats('plugin', out('main/plugins/echo/index.js'));
  expect(exchanges).toHaveLength(BEATS);
  for (const { sentNs, receivedNs, clock } of exchanges) {
    expect(clock?.errorNs).toBe(0);
    expect(clock?.atNs).toBeGreaterThan(sentNs);
    expect(clock?.atNs).toBeLessThan(receivedNs);
  }
});

test('whatever zero a plugin is told is its own', async () => {
  const [first] = await beats('plugin', out('main/plugins/digest/index.js'), { seconds: -5000, nanoseconds: 7 });
  expect(first?.sentNs).toBeGreaterThan(5000e9);
  expect(first?.clock?.atNs).toBeGreaterThan(first?.sentNs ?? 0);
  expect(first?.clock?.atNs).toBeLessThan(first?.receivedNs ?? 0);
});

test('a page knows the clock from its second beat on, and says how far it may be wrong', async () => {
  const [first, ...exchanges] = await beats('page', out('preload/site.cjs'));
  expect(first?.clock).toBeNull();
  for (const { sentNs, receivedNs, clock } of exchanges) {
    const { atNs, errorNs } = clock ?? expect.fail();
    expect(atNs + errorNs).toBeGreaterThanOrEqual(sentNs);
    expect(atNs - errorNs).toBeLessThanOrEqual(receivedNs);
  }
  // Half the quickest round trip before the last, and the roundings of the readings.
  const quickest = Math.min(...exchanges.slice(0, -1).map(({ sentNs, receivedNs }) => receivedNs - sentNs));
  expect(exchanges.at(-1)?.clock?.errorNs).toBeLessThanOrEqual(quickest / 2 + 2 * STEP_NS);
});

test("a round of the benchmark begins on the browser process's clock", async () => {
  const { sentNs, beganNs, receivedNs } = await app.electron.evaluate(
    async ({ MessageChannelMain, utilityProcess }, { pingerFile, answererFile }) => {
      const clock = { seconds: -7000, nanoseconds: 3 };
      const nowNs = () => {
        const [seconds, nanoseconds] = process.hrtime();
        return (seconds - clock.seconds) * 1e9 + nanoseconds - clock.nanoseconds;
      };
      const pinger = utilityProcess.fork(pingerFile, [], { serviceName: 'clock-pinger' });
      const answerer = utilityProcess.fork(answererFile, [], { serviceName: 'clock-answerer' });
      const said = <M>(child: typeof pinger, kind: string) =>
        new Promise<M>((resolve, reject) => {
          child.on('message', (message: M & { kind: string; reason?: string }) => {
            if (message.kind === kind) resolve(message);
            else if (message.kind === 'failed') reject(new Error(message.reason));
          });
        });
      await Promise.all([said(pinger, 'ready'), said(answerer, 'ready')]);
      const { port1, port2 } = new MessageChannelMain();
      const prepared = said<{ ticket: object }>(pinger, 'prepared');
      const prepare = { transport: 'message-port', directory: '', name: 'clock', cpus: null, childEntry: '' };
      pinger.postMessage({ kind: 'prepare', clock, ...prepare }, [port1]);
      const { ticket } = await prepared;
      const connected = said(answerer, 'connected');
      answerer.postMessage({ kind: 'connect', clock, ticket, cpus: null }, [port2]);
      await connected;
      const measured = said<{ round: { beganNs: number } }>(pinger, 'measured');
      const settings = { mode: { kind: 'closed' }, cycles: 3, warmup: 1, sizeBytes: 8, timeoutMs: 5000 };
      const sentNs = nowNs();
      pinger.postMessage({ kind: 'measure', settings });
      const { round } = await measured;
      const receivedNs = nowNs();
      pinger.postMessage({ kind: 'shutdown' });
      answerer.postMessage({ kind: 'shutdown' });
      return { sentNs, beganNs: round.beganNs, receivedNs };
    },
    { pingerFile: out('main/bench/pinger.js'), answererFile: out('main/bench/answerer.js') },
  );
  expect(beganNs).toBeGreaterThan(sentNs);
  expect(beganNs).toBeLessThan(receivedNs);
});

test('no process of the application has a clock that is off', async () => {
  const { code, err } = await CommandUnderTest.start('run', '--headless', '--duration', '3').ended;
  expect(code, err).toBe(0);
  expect(err).not.toContain('The clock of process');
});
