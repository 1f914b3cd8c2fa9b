import type { Incident, SurvivorVerdict } from '../incident';

/**
 * The incidents as a recording that ends now keeps them: one whose verdict is still awaited is told as cut short, for
 * nothing will follow. Copies; the laboratory's own go on.
 */
export function endIncidents(incidents: readonly Incident[]): Incident[] {
  return incidents.map((incident) => {
    if (incident.status !== 'collecting')
      return { ...incident, survivors: incident.survivors.map((each) => ({ ...each })) };
    return {
      ...incident,
      status: 'cut-short',
      verdict: {
        kind: 'not-measured',
        reason: incident.survivors.length === 0 ? 'no-survivors' : 'recording-ended',
      },
      survivors: incident.survivors.map(ended),
    };
  });
}

function ended(survivor: SurvivorVerdict): SurvivorVerdict {
  const { comparison } = survivor;
  const awaited = comparison.kind === 'not-compared' && comparison.reason === 'watching';
  return awaited ? { ...survivor, comparison: { kind: 'not-compared', reason: 'recording-ended' } } : { ...survivor };
}
