import { checkClock } from '../../shared/bench/clock-check';
import { copyOf, type Round } from '../../shared/bench/round-samples';
import type { Channel } from '../../transports/channel';
import type { PortLike } from '../../transports/message-port/port-like';
import { transports } from '../../transports/registry';
import { FrameRouter } from '../../transports/utility-post/frame-router';
import { followClock, nowNs } from '../../node/clock';
import { keepInspectorShut, onUncaught } from '../../node/own-process';
import { CostMeter } from '../measure/costs';
import { RoundRunner } from '../measure/round-runner';
import { realTiming } from '../measure/timing';
import type { FromPinger, ToPinger } from '../protocol';
import { pinSelf } from './pin';
import { PlainChild } from './plain-child';
import { type Parent, runInThread } from './thread';

/** The process that sends the pings and takes the time. One round, then it is ended: the next starts afresh. */

/** Samples in one message: some megabytes. */
const SAMPLES_PER_MESSAGE = 100_000;
/** Seldom enough not to be part of the figures. */
const PROGRESS_EVERY_MS = 500;

let parent: Parent | null = null;
const frameRouter = new FrameRouter((message) => parent?.post(message));
const tell = (message: FromPinger) => parent?.post(message);
let channel: Channel | null = null;
let child: PlainChild | null = null;
let runner: RoundRunner | null = null;

async function prepare(
  { clock, transport, directory, name, cpus, childEntry }: Extract<ToPinger, { kind: 'prepare' }>,
  near: PortLike | undefined,
): Promise<void> {
  followClock(clock);
  if (cpus !== null) await pinSelf(cpus);
  let wantsPort = false;
  const listener = await transports[transport].listen({
    directory,
    name,
    frameRouter,
    // The browser process made the pair, and holds the far end until it is asked for.
    createPortPair() {
      if (near === undefined) throw new Error('No message port came along. Please report this.');
      wantsPort = true;
      return { near, far: near };
    },
    spawnPeer() {
      child = new PlainChild(childEntry, childDied);
      return child.process;
    },
  });
  if (!wantsPort) near?.close();
  channel = listener.channel;
  tell({ kind: 'prepared', ticket: listener.ticket, wantsPort });
}

async function connectChild({ ticket, cpus }: Extract<ToPinger, { kind: 'connect-child' }>): Promise<void> {
  if (child === null) throw new Error('There is no child to connect to. Please report this.');
  await child.connect(ticket, cpus);
  tell({ kind: 'child-connected' });
}

async function measure({ settings, answererPid }: Extract<ToPinger, { kind: 'measure' }>): Promise<void> {
  if (channel === null) throw new Error('There is no channel to measure. Please report this.');
  const clock = checkClock(nowNs);
  const meter = new CostMeter(process.pid, child?.process.pid ?? answererPid);
  runner = new RoundRunner(channel, settings, realTiming, meter);
  const progress = setInterval(() => tell({ kind: 'progress', settled: runner?.settled ?? 0 }), PROGRESS_EVERY_MS);
  const round = await runner.run().finally(() => clearInterval(progress));
  sendRound(round);
  const { samples: _, ...rest } = round;
  tell({ kind: 'measured', round: rest, clock, costs: meter.costs });
}

function sendRound({ samples }: Round): void {
  for (let from = 0; from < samples.outcome.length; from += SAMPLES_PER_MESSAGE) {
    tell({ kind: 'samples', columns: copyOf(samples, from, from + SAMPLES_PER_MESSAGE) });
  }
}

/** What was measured until then is kept. */
function childDied(error: Error): void {
  if (runner === null) report(error);
  else runner.stop({ reason: error.message, broken: true });
}

function report(error: unknown): void {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function receive(data: unknown, ports: readonly PortLike[]): void {
  if (frameRouter.take(data)) return;
  // Only the browser process, which has made this process, can post here.
  const message = data as ToPinger;
  switch (message.kind) {
    case 'prepare':
      prepare(message, ports[0]).catch(report);
      break;
    case 'connect-child':
      connectChild(message).catch(report);
      break;
    case 'measure':
      measure(message).catch(report);
      break;
    case 'stop':
      runner?.stop(message.end);
      break;
    case 'shutdown':
      child?.forget();
      channel?.close();
      process.exit(0);
  }
}

runInThread(import.meta.url, (found) => {
  parent = found;
  parent.onMessage(receive);
  keepInspectorShut();
  onUncaught(report);
  tell({ kind: 'ready' });
});
