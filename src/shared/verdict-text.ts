import type { Incident, NotCompared, SlowerChannel, SurvivorVerdict, Verdict } from './incident';
import { words } from './messages/message';
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
      headline: capital(lostText(incident.survivorsLost)),
      detail: words('verdict.losers', { losers: losers.map(({ label, lost }) => ({ label, lost })) }),
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
        headline: words('verdict.watching'),
        detail:
          incident.survivors.length === 0
            ? survivorsText(incident)
            : words('verdict.so-far', { found: survivorsAndLosses(incident) }),
      };
    case 'steady':
      return {
        kind: 'steady',
        headline: words(survivorsLost === 0 ? 'verdict.nobody-noticed' : 'verdict.nobody-slower'),
        detail: words(survivorsLost === 0 ? 'verdict.usual-no-loss' : 'verdict.usual', {
          compared: comparedText(incident, verdict),
        }),
      };
    case 'slowed':
      return {
        kind: 'slowed',
        headline: slowerText(verdict.slower),
        detail: words('verdict.slower-than-usual', { channels: verdict.slower.length }),
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
  if (!MEASURED.has(reason)) return words('verdict.not-measured');
  return words(survivorsLost === 0 ? 'verdict.no-ping-lost' : 'verdict.not-compared');
}

function notMeasuredText(incident: Judged, reason: NotCompared | 'no-survivors'): string {
  if (reason === 'no-survivors') return words('verdict.survivors', { channels: 0 });
  // What was lost has a statement of its own.
  if (incident.survivorsLost > 0) return notComparedText(reason);
  return MEASURED.has(reason)
    ? words('verdict.by', { survivors: survivorsText(incident), why: notComparedText(reason) })
    : words('verdict.and', { found: survivorsAndLosses(incident), why: notComparedText(reason) });
}

/** `Slower: echo · Named pipe, p99 +1.80 ms`, the worst one, and how many more. */
function slowerText(slower: readonly SlowerChannel[]): string {
  const [worst] = slower;
  if (worst === undefined) return '–';
  const { label, percentile, changeNs } = worst;
  return words('verdict.slower', { label, percentile, changeNs, more: slower.length - 1 });
}

function comparedText(incident: Judged, { channels }: Verdict & { kind: 'steady' }): string {
  const all = incident.survivors.length;
  return channels === all
    ? survivorsText(incident)
    : words('verdict.of', { channels, survivors: survivorsText(incident) });
}

function survivorsAndLosses(incident: Judged): string {
  return words('verdict.survivors-and-losses', {
    survivors: survivorsText(incident),
    losses: lostText(incident.survivorsLost),
  });
}

/** Why a channel's change was not compared. */
export function notComparedText(reason: NotCompared): string {
  const seconds = INCIDENT_WINDOW_NS / 1e9;
  switch (reason) {
    case 'watching':
      return words('not-compared.watching');
    case 'own-incident':
    case 'other-incident':
    case 'launch':
    case 'settings-changed':
      return words(`not-compared.${reason}`, { seconds });
    case 'few-pings':
      return words('not-compared.few-pings', { pings: FEWEST_PINGS });
    case 'short-history':
      return words('not-compared.short-history', { seconds: (FEWEST_COMPARISONS + 1) * seconds });
    case 'recording-ended':
      return words('not-compared.recording-ended', { seconds });
  }
}

/** `8 other channels`. */
export function survivorsText({ survivors }: Judged): string {
  return words('verdict.survivors', { channels: survivors.length });
}

export function lostText(lost: number): string {
  return words('verdict.pings-lost', { lost });
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
  return p50 === null ? null : words('verdict.changes', { p50Ns: p50, p99Ns: medianChangeNs(incident, 'p99') });
}

/** When the one it happened to answered again. */
export function againText({ measuredAgainAfterNs }: Judged): string {
  return measuredAgainAfterNs === null
    ? words('verdict.not-again')
    : words('verdict.again', { afterNs: measuredAgainAfterNs });
}

/** How well the start is known. */
export function startText({ startKnownFrom, noticedNs, atNs }: Judged): string {
  switch (startKnownFrom) {
    case 'request':
      return words('verdict.start-request', { lateNs: noticedNs - atNs });
    case 'heartbeat':
      return words('verdict.start-heartbeat', { lateNs: noticedNs - atNs });
    case 'notice':
      return words('verdict.start-notice');
  }
}

/** The latest incident, or null before the first. */
export function latestIncident(incidents: readonly Incident[]): Incident | null {
  return incidents.reduce<Incident | null>(
    (latest, incident) => (latest === null || incident.noticedNs >= latest.noticedNs ? incident : latest),
    null,
  );
}

function capital(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase());
}
