import type { Environment } from '../snapshot';
import { modeOf, ROUTE_CATALOG, type RouteId } from '../routes/route-catalog';
import type { LoadForm, RouteChoice } from './form';
import type { GeneratorResult } from './reports';
import { LOAD_VERSION, type LoadEvent, type LoadResult, type LoadResultRoute } from './result';
import type { RouteTally } from './tally';

export interface RunFacts {
  form: LoadForm;
  environment: Environment;
  beganAt: Date;
  interrupted: boolean;
  /** Also what was on its way was not waited for: what is missing may be so. */
  cutShort: boolean;
  records: number;
  badRecords: number;
  generator: GeneratorResult;
  tallies: ReadonlyMap<RouteId, RouteTally>;
  /** Who runs each route's server. */
  servers: ReadonlyMap<RouteId, 'own' | 'elsewhere' | null>;
  /** Why a route was not there, in words. */
  unavailable: ReadonlyMap<RouteId, string>;
  events: LoadEvent[];
}

/** The result of a run that has ended. */
export function makeResult(facts: RunFacts): LoadResult {
  const { form, environment, generator } = facts;
  const { pace } = form;
  return {
    version: LOAD_VERSION,
    environment: {
      began_at: facts.beganAt.toISOString(),
      seconds: generator.seconds,
      interrupted: facts.interrupted,
      bulkhead: environment.bulkhead,
      electron: environment.electron,
      node: environment.node,
      os: environment.os,
      cpu: environment.cpu,
      cores: environment.cores,
      memory_bytes: environment.memoryBytes,
      load: {
        pace:
          pace.kind === 'users'
            ? { kind: 'users', users: pace.users, spawn_rate: pace.spawnRate, wait_ms: pace.waitMs }
            : { kind: 'rate', per_second: pace.perSecond },
        distribute: form.distribute,
        loop: form.loop,
        duration_s: form.durationS,
        file: form.file,
        records: facts.records,
        bad_records: facts.badRecords,
        max_in_flight: form.maxInFlight,
      },
      lag_ms: generator.lagMs,
    },
    routes: form.routes.map((choice) => routeOf(choice, facts)),
    events: facts.events,
  };
}

function routeOf(choice: RouteChoice, facts: RunFacts): LoadResultRoute {
  const { route, mode } = choice;
  const lane = facts.generator.lanes.find(({ path }) => path === route);
  const account = lane?.account;
  const tally = facts.tallies.get(route);
  const unavailable = facts.unavailable.get(route) ?? (account === undefined ? (facts.generator.problem ?? '') : null);
  const promise = modeOf(route, mode)?.promise ?? ROUTE_CATALOG[route].modes[0].promise;
  const { delivery, durable, ordered } = promise;
  // When the collector can't be asked at the end: what it has told until then.
  const arrived = tally?.arrivals ?? { distinct: 0, duplicated: 0 };
  const accepted = account?.accepted ?? 0;
  const lost = account?.lost ?? 0;
  const { seconds } = facts.generator;
  const endToEnd = tally?.endToEnd ?? null;
  return {
    route,
    mode,
    server: serverOf(route, facts),
    sent: account?.sent ?? lane?.sent ?? 0,
    accepted: account?.accepted ?? lane?.accepted ?? 0,
    delivered: account?.delivered ?? arrived.distinct - arrived.duplicated,
    duplicated: account?.duplicated ?? arrived.duplicated,
    refused: account?.refused ?? lane?.refused ?? 0,
    // At the end of a run there is none without an answer: one that was cut short counts as failed.
    failed: (account?.failed ?? lane?.failed ?? 0) + (account?.unfinished ?? lane?.inFlight ?? 0),
    lost,
    arrived_anyway: account?.arrivedAnyway ?? 0,
    response_ms: lane?.responseMs ?? null,
    corrected_ms: lane?.correctedMs ?? null,
    end_to_end_ms: endToEnd,
    per_second: lane === undefined || seconds === 0 ? null : lane.sent / seconds,
    cpu_us_per_message: tally?.cpuUsPerMessage ?? null,
    queue_most: tally?.queue?.most ?? null,
    unavailable,
    promise: { delivery, durable, ordered },
    kept: accepted === 0 || (facts.cutShort && lost > 0) ? null : lost === 0,
    reasons: [
      ...(lane?.reasons.refused ?? []).map((each) => ({ kind: 'refused' as const, ...each })),
      ...(lane?.reasons.failed ?? []).map((each) => ({ kind: 'failed' as const, ...each })),
    ],
  };
}

function serverOf(route: RouteId, { servers }: RunFacts): string | null {
  const { server } = ROUTE_CATALOG[route];
  return server !== null && servers.get(route) === 'elsewhere' ? `${server} elsewhere` : server;
}
