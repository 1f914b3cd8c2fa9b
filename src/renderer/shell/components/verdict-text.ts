import { formatDuration, microsDigits } from '../../../shared/format';
import type { Incident, SurvivorVerdict } from '../../../shared/incident';

/** The latest incident, or null before the first. */
export function latestIncident(incidents: readonly Incident[]): Incident | null {
  return incidents.reduce<Incident | null>(
    (latest, incident) => (latest === null || incident.atNs >= latest.atNs ? incident : latest),
    null,
  );
}

/** `8 other channels` and `0 pings lost`. */
export function survivorsText(incident: Incident): string {
  const n = incident.survivors.length;
  return n === 0 ? 'no other channel was measured' : n === 1 ? '1 other channel' : `${n} other channels`;
}

export function lostText(lost: number): string {
  return lost === 1 ? '1 ping lost' : `${lost.toLocaleString('en')} pings lost`;
}

/** `p50 93.4 → 95.1 µs`: the middle one of the survivors; null when no survivor has both sides. */
export function shiftText(incident: Incident, percentile: 'p50' | 'p99'): string | null {
  const [beforeKey, afterKey] = KEYS[percentile];
  const both = incident.survivors.filter((s) => s[beforeKey] !== null && s[afterKey] !== null);
  if (both.length === 0) return null;
  const middle = (key: keyof SurvivorVerdict): number => {
    const sorted = both.map((s) => Number(s[key])).toSorted((a, b) => a - b);
    return sorted[(sorted.length - 1) >> 1] ?? NaN;
  };
  return `${percentile} ${microsDigits(middle(beforeKey))} → ${microsDigits(middle(afterKey))}\u202fµs`;
}

const KEYS = { p50: ['p50BeforeNs', 'p50AfterNs'], p99: ['p99BeforeNs', 'p99AfterNs'] } as const;

/** When the one it happened to answered again. */
export function againText(incident: Incident): string {
  return incident.measuredAgainAfterNs === null
    ? 'not measured again so far'
    : `measured again after ${formatDuration(incident.measuredAgainAfterNs)}`;
}
