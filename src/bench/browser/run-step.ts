import { MessageChannelMain } from 'electron';
import { join } from 'node:path';
import type { Step } from '../../shared/bench/plan';
import type { MeasuredRound } from '../../shared/bench/result';
import type { BenchRequest } from '../../shared/bench/request';
import { emptyColumns, type SampleColumns } from '../../shared/bench/round-samples';
import { Posts } from '../../transports/utility-post/posts';
import type { CpuPair } from '../placement';
import type { FromPinger, ToPinger } from '../protocol';
import { type Route, routeOf } from '../routes';
import { type Answerer, BrowserAnswerer, ChildAnswerer, KernelAnswerer, PingersChild } from './answerers';
import { UtilityChild } from './utility-child';

export interface StepContext {
  request: BenchRequest;
  cpus: CpuPair | null;
  /** The built app's `out/main`. */
  outDirectory: string;
  /** A directory of mode 0700 for sockets and FIFOs. */
  directory: string;
}

let steps = 0;

/**
 * One run's share of one round, in two processes of its own. The browser process makes the ports, hands on the ticket
 * and waits; it neither sends nor times a ping. An aborted signal ends it with what was measured so far.
 */
export async function runStep(
  step: Step,
  context: StepContext,
  signal: AbortSignal,
  onSettled: (settled: number) => void,
): Promise<MeasuredRound> {
  const { request, cpus, outDirectory, directory } = context;
  steps += 1;
  const pinger = new UtilityChild<ToPinger, FromPinger>(join(outDirectory, 'bench/pinger.js'), 'pinger');
  const posts = new Posts((letter) => pinger.post(letter));
  pinger.onMessage((message) => void posts.take(message));
  const answerer = answererOf(routeOf(step.run.method), pinger, posts, outDirectory);
  const { port1: near, port2: far } = new MessageChannelMain();
  try {
    await Promise.all([pinger.expect('ready'), answerer.ready()]);
    const prepared = pinger.expect('prepared');
    pinger.post(
      {
        kind: 'prepare',
        transport: step.run.method,
        directory,
        name: `s${steps.toString(36)}`,
        cpus: cpus?.pinger ?? null,
        childEntry: join(outDirectory, 'bench/plain-answerer.js'),
      },
      [near],
    );
    const { ticket, wantsPort } = await prepared;
    await answerer.open(ticket, wantsPort ? [far] : [], cpus?.answerer ?? null);
    signal.throwIfAborted();
    return await Promise.race([measure(pinger, step, request, signal, onSettled), answerer.died()]);
  } finally {
    // Without a taker the far end would be left over.
    far.close();
    await Promise.all([pinger.end(), answerer.end()]);
  }
}

function answererOf(
  route: Route,
  pinger: UtilityChild<ToPinger, FromPinger>,
  posts: Posts,
  outDirectory: string,
): Answerer {
  switch (route) {
    case 'plugin-plugin':
      return new ChildAnswerer(join(outDirectory, 'bench/answerer.js'));
    case 'plugin-browser':
      return new BrowserAnswerer(posts);
    case 'plugin-child':
      return new PingersChild(pinger);
    case 'plugin-kernel':
      return new KernelAnswerer();
  }
}

async function measure(
  pinger: UtilityChild<ToPinger, FromPinger>,
  step: Step,
  request: BenchRequest,
  signal: AbortSignal,
  onSettled: (settled: number) => void,
): Promise<MeasuredRound> {
  const { mode, warmup, timeoutMs } = request;
  const pieces: SampleColumns[] = [];
  const off = pinger.onMessage((message) => {
    if (message.kind === 'samples') pieces.push(message.columns);
    else if (message.kind === 'progress') onSettled(message.settled);
  });
  const stop = () => pinger.post({ kind: 'stop', reason: 'It was interrupted.' });
  signal.addEventListener('abort', stop, { once: true });
  try {
    const measured = pinger.expect('measured', null);
    pinger.post({
      kind: 'measure',
      settings: {
        mode: mode.kind === 'closed' ? { kind: 'closed' } : { kind: 'open', ratePerSecond: mode.ratePerSecond },
        cycles: step.cycles,
        warmup,
        sizeBytes: step.run.sizeBytes,
        timeoutMs,
      },
    });
    const { counts, elapsedNs, endedEarly, clock } = await measured;
    return { samples: joined(pieces), counts, elapsedNs, endedEarly, clock };
  } finally {
    off();
    signal.removeEventListener('abort', stop);
  }
}

/** Puts the pieces of the columns together. */
function joined(pieces: readonly SampleColumns[]): SampleColumns {
  const whole = emptyColumns(pieces.reduce((sum, { outcome }) => sum + outcome.length, 0));
  let at = 0;
  for (const piece of pieces) {
    for (const name of ['intendedNs', 'sentNs', 'rttNs', 'outcome'] as const) whole[name].set(piece[name], at);
    at += piece.outcome.length;
  }
  return whole;
}
