import type { Step } from '../../shared/bench/plan';
import type { MeasuredRound } from '../../shared/bench/result';
import type { BenchRequest } from '../../shared/bench/request';
import { ROUTES } from '../../shared/bench/routes';
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
  const { mode, warmup, timeoutMs } = request;
  const ends = ROUTES[step.run.route];
  const pinger = makePinger(ends.pinger, outDirectory);
  const answerer = makeAnswerer(ends.answerer, outDirectory, pinger);
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
    };
    return await Promise.race([pinger.measure(settings, signal, onSettled), answerer.died()]);
  } finally {
    await Promise.all([pinger.end(), answerer.end()]);
  }
}
