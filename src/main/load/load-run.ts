import { setTimeout as delay } from 'node:timers/promises';
import type { LoadForm } from '../../shared/load/form';
import type { LocustFigures } from '../../shared/load/locust';
import { makeResult } from '../../shared/load/make-result';
import { type CollectorStats, type GeneratorResult, generatorReportSchema } from '../../shared/load/reports';
import type { LoadEvent, LoadResult } from '../../shared/load/result';
import { LoadTally } from '../../shared/load/tally';
import type { LoadView } from '../../shared/load/view';
import type { LabEvent } from '../../shared/events';
import { type Message, render, say } from '../../shared/messages/message';
import type { RouteId } from '../../shared/routes/route-catalog';
import type { Environment } from '../../shared/snapshot';
import type { PluginHost } from '../hosts/plugin-host';
import type { ProcessGroup } from '../hosts/process-group';
import { CpuMeter } from './cpu-meter';
import type { LoadHouse } from './house';
import { loadEventOf } from './load-events';
import type { RouteRunner } from './route-runner';

/** The collector reports twice a second: its last word on a run comes so late at most. */
const LAST_REPORT_LIMIT_MS = 2_000;
const LOOK_EVERY_MS = 50;

interface RunOptions {
  id: string;
  form: LoadForm;
  house: LoadHouse;
  environment: Environment;
  trafficFile: string;
  collector: { group: ProcessGroup; url: string };
  /** All that were asked for, also those that can't be had. */
  routes: readonly RouteRunner[];
  onChanged: () => void;
  watch: (group: ProcessGroup) => ProcessGroup;
}

type RunOutcome = { kind: 'ended'; result: LoadResult } | { kind: 'failed'; reason: Message };

/** One load, from its generator's launch to its result. */
export class LoadRun {
  readonly tally: LoadTally;
  readonly events: LoadEvent[] = [];
  readonly startedAtMs = Date.now();
  badRecords: LoadView['badRecords'] = { count: 0, first: [] };
  usersWanted: number;
  readonly #options: RunOptions;
  readonly #startedMs = performance.now();
  readonly #cpu: Map<RouteId, CpuMeter>;
  readonly #forget: () => void;
  #group: ProcessGroup | null = null;
  #left: Promise<void> = Promise.resolve();
  #records = 0;
  #outcome: RunOutcome | null = null;
  #result: GeneratorResult | null = null;
  #held = false;
  #stops = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    const { form, house } = options;
    const ready = options.routes.filter(({ status }) => status.kind !== 'unavailable');
    this.tally = new LoadTally(
      ready.map(({ choice }) => choice.route),
      this.#startedMs,
    );
    this.usersWanted = form.pace.kind === 'users' ? form.pace.users : 0;
    this.#cpu = new Map(
      ready.map((runner) => [runner.choice.route, new CpuMeter(house.readFigures, pidsOf(runner.hosts))]),
    );
    this.#forget = house.events.onAdded((event) => this.#happened(event));
  }

  /** The response times as Locust has them, by route; empty before the end. */
  get locust(): ReadonlyMap<string, LocustFigures> {
    return new Map(
      this.#result?.lanes.flatMap(({ path, locust }) => (locust === null ? [] : [[path, locust] as const])),
    );
  }

  get outcome(): RunOutcome | null {
    return this.#outcome;
  }

  get isOver(): boolean {
    return this.#outcome !== null;
  }

  get generator(): PluginHost | null {
    return this.#group?.hosts[0] ?? null;
  }

  async start(): Promise<void> {
    const { form, house, collector, watch } = this.#options;
    this.#follow();
    const { pace, distribute, loop, durationS, maxInFlight } = form;
    const settings = {
      file: form.file ?? this.#options.trafficFile,
      targets: this.#ready().map(({ choice, url }) => ({ path: choice.route, url })),
      collector: collector.url,
      pace,
      distribute,
      loop,
      ...(durationS === null ? {} : { durationMs: Math.max(1, Math.round(durationS * 1_000)) }),
      maxInFlight,
      run: this.#options.id,
    };
    const member = house.programs.program('generator', 'main', settings, (report) => this.#reported(report));
    this.#group = watch(house.newGroup({ id: 'load:generator', name: 'generator', members: [member] }));
    const host = this.#group.hosts[0] as PluginHost;
    host.onChanged(() => this.#generatorChanged(host));
    await this.#group.start();
  }

  stop(): void {
    this.#stops += 1;
    this.generator?.tell({ type: 'end-load' });
  }

  setUsers(users: number): void {
    this.usersWanted = users;
    this.generator?.tell({ type: 'set-users', users });
  }

  /** A part of a route, or the collector, is about to come back: meanwhile nothing is lost for not arriving. */
  hold(held: boolean): void {
    if (held === this.#held || this.isOver) return;
    this.#held = held;
    this.generator?.tell({ type: 'hold', held });
    if (!held) this.#follow();
  }

  collected(stats: CollectorStats): void {
    this.tally.collector(stats, this.#options.id);
    // One that was started anew before it was told.
    if (stats.followed?.run !== this.#options.id) this.#follow();
  }

  /** Resolves when its generator is gone. */
  get left(): Promise<void> {
    return this.#left;
  }

  /** Without a result: it was not wanted before it had begun, or the application closes. */
  abandon(): Promise<void> {
    this.#forget();
    this.#leave();
    return this.#left;
  }

  #leave(): void {
    if (this.#group !== null) this.#left = this.#options.house.removeGroup(this.#group);
  }

  #ready(): RouteRunner[] {
    return this.#options.routes.filter(({ choice }) => this.tally.routes.has(choice.route));
  }

  #follow(): void {
    if (this.isOver) return;
    this.#options.collector.group.hosts[0]?.tell({ type: 'follow', run: this.#options.id });
  }

  #reported(report: unknown): void {
    const parsed = generatorReportSchema.safeParse(report);
    if (!parsed.success || this.isOver) return;
    switch (parsed.data.type) {
      case 'bad-records':
        this.badRecords = { count: parsed.data.count, first: parsed.data.first };
        break;
      case 'ready':
        this.#records = parsed.data.records;
        break;
      case 'stats':
        this.#meter();
        this.tally.generator(parsed.data, performance.now());
        break;
      case 'result':
        this.#result = parsed.data;
        void this.#end(parsed.data);
        return;
    }
    this.#options.onChanged();
  }

  #meter(): void {
    for (const runner of this.#ready()) {
      const { route } = runner.choice;
      const tally = this.tally.routes.get(route);
      if (tally === undefined) continue;
      tally.cpuSeconds = this.#cpu.get(route)?.update(pidsOf(runner.hosts)) ?? null;
      tally.queued(runner.queueDepth);
    }
  }

  async #end(generator: GeneratorResult): Promise<void> {
    // It has nothing more to do, and is not to be started again.
    this.#leave();
    this.tally.ended(generator);
    await this.#lastReport();
    await this.#queuesTold();
    this.#meter();
    this.tally.close(performance.now());
    const { form, environment, routes } = this.#options;
    this.#over({
      kind: 'ended',
      result: makeResult({
        form,
        environment,
        beganAt: new Date(this.startedAtMs),
        interrupted: this.#stops > 0,
        cutShort: this.#stops > 1,
        records: this.#records,
        badRecords: this.badRecords.count,
        generator,
        tallies: this.tally.routes,
        servers: new Map(routes.map(({ choice, server }) => [choice.route, server])),
        unavailable: new Map(
          routes.flatMap(({ choice, status }) =>
            this.tally.routes.has(choice.route) || status.kind !== 'unavailable'
              ? []
              : [[choice.route, render(status.reason)] as const],
          ),
        ),
        events: this.events,
      }),
    });
  }

  /** Until the collector has reported all that the generator knows to have arrived. */
  async #lastReport(): Promise<void> {
    const until = performance.now() + LAST_REPORT_LIMIT_MS;
    const lags = () =>
      [...this.tally.routes.values()].some(({ counts, endToEnd }) => {
        const arrived = (counts?.delivered ?? 0) + (counts?.duplicated ?? 0);
        return (endToEnd?.count ?? 0) < arrived;
      });
    while (lags() && performance.now() < until) await delay(LOOK_EVERY_MS);
  }

  /** What the systems hold is told a second late: once all has arrived, the end of it is waited for. */
  async #queuesTold(): Promise<void> {
    const until = performance.now() + LAST_REPORT_LIMIT_MS;
    const holds = () => this.#ready().some(({ queueDepth }) => queueDepth !== null && queueDepth > 0);
    while (holds() && performance.now() < until) await delay(LOOK_EVERY_MS);
  }

  /** Its ledger is gone with it: what became of each message nobody can say any more. */
  #generatorChanged(host: PluginHost): void {
    if (this.isOver || this.#result !== null || host.lastTermination === null) return;
    const { lastWords } = host.lastTermination;
    this.#leave();
    const said = lastWords?.join(' ') ?? '';
    this.#over({
      kind: 'failed',
      reason: said === '' ? say('load.generator-gone') : say('verbatim', { text: said }),
    });
  }

  #over(outcome: RunOutcome): void {
    if (this.isOver) return;
    this.#outcome = outcome;
    this.#forget();
    this.#options.onChanged();
  }

  #happened(happened: LabEvent): void {
    const atS = (performance.now() - this.#startedMs) / 1_000;
    const event = loadEventOf(happened, atS, this.tally.routes);
    if (event === null) return;
    this.events.push(event);
    this.#options.onChanged();
  }
}

function pidsOf(hosts: readonly PluginHost[]): number[] {
  return hosts.flatMap(({ pid }) => pid ?? []);
}
