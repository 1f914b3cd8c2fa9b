import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type LocustResult, runLocust } from '../../routes/locust/run-locust';
import type { LoadForm } from '../../shared/load/form';
import { LOCUST_PERCENTS, type LocustFigures, type LocustInput } from '../../shared/load/locust';
import { makeResult } from '../../shared/load/make-result';
import type { GeneratorResult } from '../../shared/load/reports';
import type { LoadEvent } from '../../shared/load/result';
import { LoadTally } from '../../shared/load/tally';
import { MessageError, render, say } from '../../shared/messages/message';
import type { Environment } from '../../shared/snapshot';
import type { EventLog } from '../event-log';
import type { ReadFigures } from '../processes/figure-source';
import { CpuMeter } from './cpu-meter';
import { loadEventOf } from './load-events';
import type { LoadService } from './load-service';
import { LocustFollower } from './locust-follow';
import type { ProgressView } from './progress';
import type { RouteRunner } from './route-runner';
import { readTrafficFile } from './traffic-file';

/** When nothing more has arrived for so long, and nothing is about to come back, what is missing is lost. */
const QUIET_MS = 15_000;
const LOOK_EVERY_MS = 250;

export interface LocustRunOptions {
  service: LoadService;
  events: EventLog;
  environment: Environment;
  form: LoadForm;
  locustfile: string;
  trafficFile: string;
  directory: string;
  workers: number;
  signal: AbortSignal;
  readFigures: ReadFigures;
  onProgress: (progress: ProgressView) => void;
}

/** A load by the real Locust over routes that are up: how posts ended is in its tables, what arrived the collector tells. */
export async function postByLocust(options: LocustRunOptions): Promise<LocustInput> {
  const { service, form, signal } = options;
  const { pace } = form;
  if (pace.kind !== 'users') throw new MessageError(say('load.locust-users'));
  const runners = form.routes.flatMap(({ route }) => service.runners.get(route) ?? []);
  const ready = runners.filter(({ status }) => status.kind !== 'unavailable');
  if (ready.length === 0 || service.collector === null) throw new MessageError(say('load.no-route', { cause: '' }));
  const file = form.file ?? options.trafficFile;
  const traffic = await readTrafficFile(file);
  if (traffic.status === 'failed') throw new MessageError(traffic.message);
  const run = `locust-${randomBytes(6).toString('hex')}`;
  const beganAt = new Date();
  const startedMs = performance.now();
  const tally = new LoadTally(
    ready.map(({ choice }) => choice.route),
    startedMs,
  );
  const meters = ready.map((runner) => ({ runner, meter: new CpuMeter(options.readFigures, pidsOf(runner)) }));
  const happened: LoadEvent[] = [];
  const forget = options.events.onAdded((event) => {
    const told = loadEventOf(event, (performance.now() - startedMs) / 1_000, tally.routes);
    if (told !== null) happened.push(told);
  });
  service.collector.group.hosts[0]?.tell({ type: 'follow', run });
  const follower = new LocustFollower(service, tally, run);
  const tell = () => options.onProgress(progressOf(form, tally, happened));
  const folder = join(options.directory, run);
  mkdirSync(folder, { mode: 0o700 });
  try {
    const posted = await runLocust({
      locustfile: options.locustfile,
      folder,
      targets: ready.map(({ choice, url }) => ({ path: choice.route, url })),
      file,
      users: pace.users,
      spawnRate: pace.spawnRate,
      waitMs: pace.waitMs,
      distribute: form.distribute,
      loop: form.loop,
      durationS: form.durationS,
      workers: options.workers,
      run,
      signal,
      onHistory: (moments) => {
        follower.take(moments);
        tell();
      },
    });
    follower.settle();
    await settled(service, tally, posted, () => {
      follower.take([]);
      tell();
    });
    for (const { runner, meter } of meters) {
      const route = tally.routes.get(runner.choice.route);
      if (route !== undefined) route.cpuSeconds = meter.update(pidsOf(runner));
    }
    const generator = resultOf(tally, posted);
    tally.ended(generator);
    tally.close(performance.now());
    const result = makeResult({
      ...{ form, beganAt, generator, events: happened },
      environment: options.environment,
      interrupted: signal.aborted,
      cutShort: false,
      records: traffic.records,
      badRecords: traffic.bad.count,
      tallies: tally.routes,
      servers: new Map(runners.map(({ choice, server }) => [choice.route, server])),
      unavailable: new Map(
        runners.flatMap(({ choice, status }) =>
          status.kind === 'unavailable' ? [[choice.route, render(status.reason)] as const] : [],
        ),
      ),
    });
    return { result, points: tally.points, figures: new Map(posted.rows.map((row) => [row.name, figuresOf(row)])) };
  } finally {
    forget();
  }
}

function progressOf(form: LoadForm, tally: LoadTally, events: LoadEvent[]): ProgressView {
  return {
    state: { kind: tally.phase === 'posting' ? 'running' : 'settling' },
    users: { now: tally.users },
    routes: form.routes.flatMap(({ route }) => {
      const found = tally.routes.get(route);
      return found === undefined ? [] : [{ route, counts: found.counts, requestsPerSecond: found.requestsPerSecond }];
    }),
    badRecords: { count: 0, first: [] },
    points: tally.points,
    events,
  };
}

function pidsOf({ hosts }: RouteRunner): number[] {
  return hosts.flatMap(({ pid }) => pid ?? []);
}

type Row = LocustResult['rows'][number];

/** Until as many have arrived as were accepted, or nothing comes any more. */
async function settled(
  service: LoadService,
  tally: LoadTally,
  { rows }: LocustResult,
  look: () => void,
): Promise<void> {
  let arrived = -1;
  let quietSince = performance.now();
  for (;;) {
    look();
    const now = [...tally.routes.values()].reduce((sum, { endToEnd }) => sum + (endToEnd?.count ?? 0), 0);
    const parts = [service.collector?.group, ...service.runners.values()];
    const comesBack = parts.some((part) => part?.isComingBack === true);
    if (now !== arrived || comesBack) quietSince = performance.now();
    arrived = now;
    const missing = [...tally.routes].some(([route, { endToEnd }]) => {
      const row = rows.find(({ name }) => name === route);
      return row !== undefined && (endToEnd?.count ?? 0) < row.requests - row.failures;
    });
    if (!missing || performance.now() - quietSince >= QUIET_MS) return;
    await delay(LOOK_EVERY_MS);
  }
}

/** Locust counts how posts ended, and knows no ids: which of those that failed arrived all the same only the sums tell. */
function resultOf(tally: LoadTally, { rows, failures }: LocustResult): GeneratorResult {
  const all = rows.find(({ name }) => name === 'Aggregated');
  // From its first user to the last answer: not how long Locust takes to start and to end.
  const seconds = all === undefined || all.requestsPerSecond === 0 ? 0 : all.requests / all.requestsPerSecond;
  const lanes = [...tally.routes].map(([path, route]) => {
    const row = rows.find(({ name }) => name === path);
    const { requests: sent = 0, failures: failed = 0 } = row ?? {};
    const { distinct, duplicated } = route.arrivals;
    const accepted = sent - failed;
    const arrivedAnyway = Math.max(0, distinct - accepted);
    const reasons = {
      refused: [],
      failed: failures
        .filter(({ name }) => name === path)
        .map(({ error, occurrences }) => ({ reason: error, count: occurrences })),
    };
    return {
      ...{ path, sent, accepted, refused: 0, failed, inFlight: 0, reasons, recentMs: null, correctedMs: null },
      responseMs: row === undefined || sent === 0 ? null : latencyOf(row),
      locust: null,
      account: {
        ...{ sent, accepted, duplicated, refused: 0, unfinished: 0, arrivedAnyway, reasons },
        delivered: distinct - duplicated,
        failed: failed - arrivedAnyway,
        lost: Math.max(0, accepted - distinct),
      },
    };
  });
  return { type: 'result', seconds, lagMs: null, lanes };
}

function latencyOf({ requests, responseMs }: Row): NonNullable<GeneratorResult['lanes'][number]['responseMs']> {
  const at = (percent: number) => responseMs.percentiles[`p${percent}`] ?? responseMs.max;
  const [p50, p90, p95, p99] = [at(50), at(90), at(95), at(99)];
  return { count: requests, min: responseMs.min, p50, p90, p95, p99, max: responseMs.max };
}

function figuresOf({ responseMs }: Row): LocustFigures {
  return {
    mean: responseMs.mean,
    percentiles: LOCUST_PERCENTS.map((percent) => responseMs.percentiles[`p${percent}`] ?? responseMs.max),
  };
}
