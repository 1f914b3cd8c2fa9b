import type { Comparison, NotCompared, SlowerChannel, SurvivorVerdict, Verdict } from '../incident';
import { NOT_COMPARED } from '../incident';
import type { ChannelWatch } from './channel-watch';
import { FEWEST_COMPARISONS, ownVariation } from './own-variation';
import { type Change, changeBetween, INCIDENT_WINDOW_NS, readWindow, type WindowFigures } from './window-figures';

/**
 * One channel that survived an incident at `atNs`. Each ping belongs to one side: to the time before if it had been
 * answered or given up before the incident began, else to the time after.
 */
export class Survivor {
  readonly verdict: SurvivorVerdict;
  readonly watch: ChannelWatch;
  readonly #atNs: number;
  #nextLoss = 0;
  #troubles = 0;
  /** By how much it rose, once both windows are read; null when one of them holds too little. */
  change: Change | null = null;

  constructor(channelId: string, label: string, watch: ChannelWatch, atNs: number) {
    this.watch = watch;
    this.#atNs = atNs;
    this.verdict = {
      channelId,
      label,
      answeredBefore: 0,
      answeredAfter: 0,
      lost: 0,
      p50BeforeNs: null,
      p50AfterNs: null,
      p99BeforeNs: null,
      p99AfterNs: null,
      comparison: { kind: 'not-compared', reason: 'watching' },
    };
  }

  /** Counts what was lost since the last call. */
  countLosses(): void {
    if (this.watch.troubles !== this.#troubles) {
      // The process has failed itself: of what was counted, some is its own.
      this.#troubles = this.watch.troubles;
      this.#nextLoss = 0;
      this.verdict.lost = 0;
    }
    const { losses, next } = this.watch.lossesFrom(this.#nextLoss);
    this.#nextLoss = next;
    for (const loss of losses) {
      const within = loss.settledNs >= this.#atNs && loss.intendedNs < this.#atNs + INCIDENT_WINDOW_NS;
      if (within && !this.watch.isOwn(loss)) this.verdict.lost += 1;
    }
  }

  /** Reads both windows, when all pings in them are settled; none takes longer than `limitNs`. Gives how many samples that took. */
  readWindows(limitNs: number): number {
    const at = this.#atNs;
    const { log } = this.watch;
    const before = readWindow(log, at - INCIDENT_WINDOW_NS, at, (settledNs) => settledNs < at);
    const after = readWindow(log, at - limitNs, at + INCIDENT_WINDOW_NS, (settledNs) => settledNs >= at);
    this.#take(before.figures, after.figures);
    return before.read + after.read;
  }

  #take(before: WindowFigures, after: WindowFigures): void {
    this.change = changeBetween(before, after);
    Object.assign(this.verdict, {
      answeredBefore: before.answered,
      answeredAfter: after.answered,
      p50BeforeNs: before.p50Ns,
      p50AfterNs: after.p50Ns,
      p99BeforeNs: before.p99Ns,
      p99AfterNs: after.p99Ns,
    } satisfies Partial<SurvivorVerdict>);
  }
}

/** What else happened around an incident, as one survivor's comparison needs it. */
export interface Surroundings {
  /** What disturbed the windows of the incident on this channel, or null. */
  disturbance: (survivor: Survivor) => NotCompared | null;
  /** Nothing happened in this time that the channel could have noticed, and it is fit to be compared with. */
  isQuiet: (survivor: Survivor, fromNs: number, toNs: number) => boolean;
}

/** Holds the change of each survivor against its own variation, and says of all together whether they noticed. */
export function judge(survivors: readonly Survivor[], { disturbance, isQuiet }: Surroundings): Verdict {
  const compared: Array<{ survivor: Survivor; change: Change; quiet: Map<number, Change> }> = [];
  for (const survivor of survivors) {
    const { change, watch, verdict } = survivor;
    const disturbed = disturbance(survivor) ?? (change === null ? 'few-pings' : null);
    if (disturbed !== null || change === null) {
      verdict.comparison = { kind: 'not-compared', reason: disturbed ?? 'few-pings' };
      continue;
    }
    const quiet = watch.windows.quietChanges((fromNs, toNs) => isQuiet(survivor, fromNs, toNs));
    if (quiet.size < FEWEST_COMPARISONS) verdict.comparison = { kind: 'not-compared', reason: 'short-history' };
    else compared.push({ survivor, change, quiet });
  }
  const p50 = ownVariation(compared, 'p50Ns');
  const p99 = ownVariation(compared, 'p99Ns');
  compared.forEach(({ survivor }, i) => {
    survivor.verdict.comparison = {
      kind: 'compared',
      p50LimitNs: p50.limitsNs[i] as number,
      p99LimitNs: p99.limitsNs[i] as number,
    };
  });
  return verdictOn(
    survivors.map(({ verdict }) => verdict),
    p50.comparisons,
  );
}

function verdictOn(survivors: readonly SurvivorVerdict[], comparisons: number): Verdict {
  const channels = survivors.filter(({ comparison }) => comparison.kind === 'compared').length;
  if (channels === 0) return { kind: 'not-measured', reason: commonReason(survivors.map((each) => each.comparison)) };
  const slower = survivors
    .map(slowerIn)
    .filter((each) => each !== null)
    .toSorted((a, b) => b.times - a.times)
    .map(({ channel }) => channel);
  return slower.length === 0
    ? { kind: 'steady', channels, comparisons }
    : { kind: 'slowed', slower, channels, comparisons };
}

/** The percentile of a survivor that rose most beyond its limit, and how many times the limit that is; null if neither did. */
function slowerIn(survivor: SurvivorVerdict): { channel: SlowerChannel; times: number } | null {
  const { channelId, label, comparison } = survivor;
  if (comparison.kind !== 'compared') return null;
  const p50 = rise(survivor.p50BeforeNs, survivor.p50AfterNs);
  const p99 = rise(survivor.p99BeforeNs, survivor.p99AfterNs);
  const p50Times = p50 / comparison.p50LimitNs;
  const p99Times = p99 / comparison.p99LimitNs;
  if (Math.max(p50Times, p99Times) <= 1) return null;
  return p50Times > p99Times
    ? { channel: { channelId, label, percentile: 'p50', changeNs: p50 }, times: p50Times }
    : { channel: { channelId, label, percentile: 'p99', changeNs: p99 }, times: p99Times };
}

function rise(beforeNs: number | null, afterNs: number | null): number {
  return beforeNs === null || afterNs === null ? 0 : afterNs - beforeNs;
}

/** Why nothing could be compared: the reason that most channels have. */
function commonReason(comparisons: readonly Comparison[]): (Verdict & { kind: 'not-measured' })['reason'] {
  const count = (reason: NotCompared) =>
    comparisons.filter((each) => each.kind === 'not-compared' && each.reason === reason).length;
  const [most] = NOT_COMPARED.filter((reason) => reason !== 'watching').toSorted((a, b) => count(b) - count(a));
  return most === undefined || comparisons.length === 0 ? 'no-survivors' : most;
}
