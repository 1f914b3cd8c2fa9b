import { LOAD_DEFAULTS } from '../../shared/load/form';
import type { LoadRouteView, LoadState, LoadView, MissingModes } from '../../shared/load/view';
import { ROUTE_IDS, type RouteId } from '../../shared/routes/route-catalog';
import type { ProcessGroup } from '../hosts/process-group';
import { defaultMode } from './default-mode';
import type { LoadRun } from './load-run';
import type { RouteRunner } from './route-runner';

/** The order of the path of one message. */
const ROLES = ['receiver', 'epmd', 'server', 'subscriber'];

export function viewOf({
  state,
  runners,
  collector,
  run,
  missing,
}: {
  state: LoadState;
  runners: ReadonlyMap<RouteId, RouteRunner>;
  collector: { group: ProcessGroup; url: string } | null;
  run: LoadRun | null;
  missing: ReadonlyMap<RouteId, MissingModes>;
}): LoadView {
  const form = 'form' in state ? state.form : null;
  return {
    state,
    routes: ROUTE_IDS.map((route) => routeViewOf(route, runners.get(route), run, missing.get(route) ?? {})),
    collector: { processId: collector?.group.hosts[0]?.id ?? null, url: collector?.url ?? null },
    generator: { processId: run === null || run.isOver ? null : (run.generator?.id ?? null), url: null },
    users: { now: run?.tally.users ?? 0, wanted: run?.usersWanted ?? 0 },
    inFlight: {
      now: run?.tally.inFlight ?? 0,
      most: (form?.maxInFlight ?? LOAD_DEFAULTS.maxInFlight) * (form?.routes.length ?? 1),
    },
    lagMs: run?.tally.lagMs ?? null,
    failures: run?.tally.failures ?? [],
    badRecords: run?.badRecords ?? { count: 0, first: [] },
    points: run?.tally.points ?? [],
    events: run?.events ?? [],
  };
}

function routeViewOf(
  route: RouteId,
  runner: RouteRunner | undefined,
  run: LoadRun | null,
  missing: MissingModes,
): LoadRouteView {
  const tally = run?.tally.routes.get(route);
  const place = ({ role }: { role: string | null }) => ROLES.indexOf(role ?? '');
  return {
    route,
    mode: runner?.choice.mode ?? defaultMode(route),
    status: runner?.status ?? { kind: 'off' },
    missing,
    processIds: (runner?.hosts ?? []).toSorted((a, b) => place(a) - place(b)).map(({ id }) => id),
    url: runner?.url ?? null,
    server: runner?.server ?? null,
    counts: tally?.counts ?? null,
    responseMs: tally?.response ?? null,
    correctedMs: tally?.corrected ?? null,
    endToEndMs: tally?.endToEnd ?? null,
    requestsPerSecond: tally?.requestsPerSecond ?? 0,
    failuresPerSecond: tally?.failuresPerSecond ?? 0,
    cpuUsPerMessage: tally?.cpuUsPerMessage ?? null,
    receiverInFlight: boundOf(runner?.receiver ?? null),
    subscriberInFlight: boundOf(runner?.subscriber ?? null),
    queue: tally?.queue ?? null,
  };
}

function boundOf(stats: { inFlight: number; maxInFlight: number } | null): { now: number; most: number } | null {
  return stats === null ? null : { now: stats.inFlight, most: stats.maxInFlight };
}
