import { formatCount, formatDelta, formatDuration } from './format';
import type { Incident, NotCompared, SlowerChannel, SurvivorVerdict, Verdict } from './incident';
import { FEWEST_COMPARISONS, median } from './measure/own-variation';
import { FEWEST_PINGS, INCIDENT_WINDOW_NS } from './measure/window-figures';

/** The verdict in words, the same in the window, the report and the terminal. How the incident came about is said apart. */

type Judged = Omit<Incident, 'how'>;

/** What a statement is about; each has its own colour and sign, and its own first word. */
export type StatementKind = 'lost' | 'watching' | 'steady' | 'slowed' | 'not-measured';

export interface Statement {
  kind: StatementKind;
  /** Without a full stop: `Nobody noticed`. */
  headline: string;
  /** What lies behind it, also without one. */
  detail: string;
}

/** What was lost, if anything was, and whether anybody became slower. */
export function statements(incident: Judged): Statement[] {
  const second = onSpeed(incident);
  const losers = incident.survivors.filter(({ lost }) => lost > 0).toSorted((a, b) => b.lost - a.lost);
  if (losers.length === 0) return [second];
  return [
    {
      kind: 'lost',
      headline: lostText(incident.survivorsLost).replace(/^./, (first) => first.toUpperCase()),
      detail: losers.map(({ label, lost }) => `${label} ${formatCount(lost)}`).join(', '),
    },
    second,
  ];
}

function onSpeed(incident: Judged): Statement {
  const { verdict, survivorsLost } = incident;
  switch (verdict.kind) {
    case 'watching':
      return {
        kind: 'watching',
        headline: 'Watching the others',
        detail: incident.survivors.length === 0 ? survivorsText(incident) : `${survivorsAndLosses(incident)} so far`,
      };
    case 'steady':
      return {
        kind: 'steady',
        headline: survivorsLost === 0 ? 'Nobody noticed' : 'Nobody slower',
        detail: `${comparedText(incident, verdict)}: ${survivorsLost === 0 ? 'no ping lost, ' : ''}no more change than usual`,
      };
    case 'slowed':
      return {
        kind: 'slowed',
        headline: `Slower: ${slowerText(verdict.slower)}`,
        detail: `more than ${verdict.slower.length === 1 ? 'it varies by itself' : 'they vary by themselves'}`,
      };
    case 'not-measured':
      return {
        kind: 'not-measured',
        headline: notMeasuredHeadline(incident, verdict.reason),
        detail: notMeasuredText(incident, verdict.reason),
      };
  }
}

/** For these there are figures enough, and nothing fit to hold them against. */
const MEASURED: ReadonlySet<string> = new Set<NotCompared>([
  'other-incident',
  'launch',
  'settings-changed',
  'short-history',
]);

/** That nothing was lost is known all the same, and comes first. */
function notMeasuredHeadline({ survivorsLost }: Judged, reason: NotCompared | 'no-survivors'): string {
  if (!MEASURED.has(reason)) return 'Not measured';
  return survivorsLost === 0 ? 'No ping lost' : 'Speed not compared';
}

function notMeasuredText(incident: Judged, reason: NotCompared | 'no-survivors'): string {
  if (reason === 'no-survivors') return 'no other channel was measured';
  // What was lost has a statement of its own.
  if (incident.survivorsLost > 0) return notComparedText(reason);
  return MEASURED.has(reason)
    ? `by ${survivorsText(incident)}; speed not compared: ${notComparedText(reason)}`
    : `${survivorsAndLosses(incident)}; ${notComparedText(reason)}`;
}

/** `echo · Named pipe, p99 +1.80 ms`, the worst one, and how many more. */
function slowerText(slower: readonly SlowerChannel[]): string {
  const [worst] = slower;
  if (worst === undefined) return '–';
  const more = slower.length - 1;
  return `${worst.label}, ${worst.percentile} ${formatDelta(worst.changeNs)}${more === 0 ? '' : `, and ${more} more`}`;
}

function comparedText(incident: Judged, { channels }: Verdict & { kind: 'steady' }): string {
  const all = incident.survivors.length;
  return channels === all ? survivorsText(incident) : `${channels} of ${survivorsText(incident)}`;
}

function survivorsAndLosses(incident: Judged): string {
  return `${survivorsText(incident)}, ${lostText(incident.survivorsLost)}`;
}

/** Why a channel's change was not compared. */
export function notComparedText(reason: NotCompared): string {
  const seconds = INCIDENT_WINDOW_NS / 1e9;
  switch (reason) {
    case 'watching':
      return 'the window after is not over';
    case 'own-incident':
      return `its own process died or hung within ${seconds} s`;
    case 'other-incident':
      return `another incident within ${2 * seconds} s before or ${seconds} s after`;
    case 'launch':
      return `a process was launched within ${seconds} s`;
    case 'settings-changed':
      return `settings changed within ${seconds} s`;
    case 'few-pings':
      return `fewer than ${FEWEST_PINGS} pings answered before or after`;
    case 'short-history':
      return `less than ${(FEWEST_COMPARISONS + 1) * seconds} s without an incident so far`;
    case 'recording-ended':
      return `the recording ended within ${seconds} s`;
  }
}

/** `8 other channels`. */
export function survivorsText({ survivors }: Judged): string {
  const n = survivors.length;
  return n === 0 ? 'no other channel was measured' : n === 1 ? '1 other channel' : `${n} other channels`;
}

export function lostText(lost: number): string {
  return lost === 1 ? '1 ping lost' : `${formatCount(lost)} pings lost`;
}

/** By how much a channel's percentile rose; null when it has no answers on one side. */
export function changeNs(survivor: SurvivorVerdict, percentile: 'p50' | 'p99'): number | null {
  const [before, after] =
    percentile === 'p50' ? [survivor.p50BeforeNs, survivor.p50AfterNs] : [survivor.p99BeforeNs, survivor.p99AfterNs];
  return before === null || after === null ? null : after - before;
}

/** The median over the channels of each one's own change, nanoseconds; null when none was measured on both sides. */
export function medianChangeNs({ survivors }: Judged, percentile: 'p50' | 'p99'): number | null {
  const changes = survivors.map((each) => changeNs(each, percentile)).filter((change) => change !== null);
  return changes.length === 0 ? null : median(changes);
}

/** `median change p50 +43.0 µs, p99 −12 µs`; null when no survivor has both sides. */
export function changesText(incident: Judged): string | null {
  const p50 = medianChangeNs(incident, 'p50');
  return p50 === null ? null : `p50 ${formatDelta(p50)}, p99 ${formatDelta(medianChangeNs(incident, 'p99'))}`;
}

/** When the one it happened to answered again. */
export function againText({ measuredAgainAfterNs }: Judged): string {
  return measuredAgainAfterNs === null
    ? 'not measured again so far'
    : `measured again after ${formatDuration(measuredAgainAfterNs)}`;
}

/** How well the start is known. */
export function startText({ startKnownFrom, noticedNs, atNs }: Judged): string {
  switch (startKnownFrom) {
    case 'request':
      return `counted from when it was asked for, noticed ${formatDuration(noticedNs - atNs)} later`;
    case 'heartbeat':
      return `counted from its first unanswered heartbeat, noticed ${formatDuration(noticedNs - atNs)} later`;
    case 'notice':
      return 'counted from when it was noticed';
  }
}

/** The latest incident, or null before the first. */
export function latestIncident(incidents: readonly Incident[]): Incident | null {
  return incidents.reduce<Incident | null>(
    (latest, incident) => (latest === null || incident.noticedNs >= latest.noticedNs ? incident : latest),
    null,
  );
}
