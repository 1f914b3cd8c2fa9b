import type { AnatomyView } from '../../../../../shared/anatomy-view';
import { formatCount, formatDuration } from '../../../../../shared/format';
import { ANATOMY_PERCENTILES } from '../../../../../shared/measure/anatomy';
import type { NamedBar } from '../../../charts/stages/stage-bars';

/** The bars of the view: p50, p90, p99 and the ping that was chosen. All four are always there, so nothing jumps. */
export function barsOf(view: AnatomyView | null): Array<NamedBar & { head: string }> {
  const ping = view?.ping ?? null;
  return [
    ...ANATOMY_PERCENTILES.map((id) => {
      const anatomy = view?.anatomies[id] ?? null;
      return {
        ...{ id, name: id, head: id, anatomy },
        about: anatomy === null ? 'no ping yet' : `of ${formatCount(anatomy.pings)} pings`,
        total: formatDuration(anatomy?.rttNs ?? null),
      };
    }),
    {
      id: 'ping',
      name: ping === null ? 'one ping' : `ping ${formatCount(ping.sequence)}`,
      head: 'one ping',
      anatomy: ping?.anatomy ?? null,
      about: aboutPing(ping),
      total: formatDuration(ping?.rttNs ?? null),
    },
  ];
}

function aboutPing(ping: AnatomyView['ping']): string {
  if (ping === null) return 'none chosen yet';
  return ping.anatomy === null ? 'has no stages' : `at ${(ping.intendedNs / 1e9).toFixed(2)} s`;
}
