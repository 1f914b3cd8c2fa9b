import { setTimeout as delay } from 'node:timers/promises';
import type { Step } from '../../shared/bench/plan';
import type { MeasuredRound } from '../../shared/bench/result';
import type { BenchRequest } from '../../shared/bench/request';
import { ROUTES } from '../../shared/bench/routes';
import { comesSeldom } from '../../transports/native/wait';
import type { CpuPair } from '../placement';
import { makeAnswerer } from './answerers';
import { makePinger } from './pingers';

export interface StepContext {
  request: BenchRequest;
  cpus: CpuPair | null;
  /** The built app's `out/main`. */
  outDirectory: string;
  /** A directory of mode 0700 for sockets and FIFOs. */
  directory: string;
}

/** How long a pinger may take to say what it has measured. */
const GIVE_UP_LIMIT_MS = 10_000;

let steps = 0;

/**
 * One run's share of one round: both ends are made for it, brought together, and ended. An aborted signal ends it with
 * what was measured so far.
 */
export async function runStep(
  step: Step,
  { request, cpus, outDirectory, directory }: StepContext,
  signal: AbortSignal,
  onSettled: (settled: number) => void,
): Promise<MeasuredRound> {
  steps += 1;
  const { mode, warmup, timeoutMs, anatomy: stages } = request;
  const ends = ROUTES[step.run.route];
  const children = {
    thread: request.thread,
    seldom: comesSeldom(mode.kind === 'closed' ? null : mode.ratePerSecond),
  };
  const pinger = makePinger(ends.pinger, outDirectory, children);
  const answerer = makeAnswerer(ends.answerer, outDirectory, pinger, children);
  const over = new AbortController();
  try {
    await Promise.all([pinger.ready(), answerer.ready()]);
    const { ticket, ports } = await pinger.prepare({
      transport: step.run.method,
      directory,
      name: `s${steps.toString(36)}`,
      cpus: cpus?.pinger ?? null,
      invokes: answerer.invokes,
    });
    await answerer.open(ticket, ports, cpus?.answerer ?? null);
    signal.throwIfAborted();
    const settings = {
      mode:
        mode.kind === 'closed'
          ? { kind: 'closed' as const }
          : { kind: 'open' as const, ratePerSecond: mode.ratePerSecond },
      cycles: step.cycles,
      warmup,
      sizeBytes: step.run.sizeBytes,
      timeoutMs,
      stages,
    };
    // What was measured until the answerer died is kept. A pinger that can't give it is not waited for.
    const died = answerer.died().catch(async (error: Error) => {
      pinger.stop({ reason: error.message, broken: true });
      await delay(GIVE_UP_LIMIT_MS, undefined, { signal: over.signal, ref: false });
      throw error;
    });
    died.catch(() => undefined);
    return await Promise.race([pinger.measure(settings, answerer.pid, signal, onSettled), died]);
  } finally {
    over.abort();
    await Promise.all([pinger.end(), answerer.end()]);
  }
}
