import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../routes/server/find-program';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import type { Outcome } from '../../shared/ipc-contract';
import type { LoadForm, RouteChoice } from '../../shared/load/form';
import { type CollectorStats, collectorStatsSchema } from '../../shared/load/reports';
import type { LocustInput } from '../../shared/load/locust';
import type { LoadState, LoadView, MissingModes } from '../../shared/load/view';
import { MessageError, saidBy, say } from '../../shared/messages/message';
import type { RouteId } from '../../shared/routes/route-catalog';
import type { Environment } from '../../shared/snapshot';
import type { ProcessGroup } from '../hosts/process-group';
import { findMissing } from './find-missing';
import type { LoadHouse } from './house';
import { LoadRun } from './load-run';
import { LoadUpdates } from './load-updates';
import { RouteRunner } from './route-runner';
import { viewOf } from './view-of';

/** What is shown changes at most so often by itself. */
const CHANGED_AT_MOST_EVERY_MS = 100;

export interface LoadServiceOptions {
  house: LoadHouse;
  environment: Environment;
  /** The traffic file that ships. */
  trafficFile: string;
  /** Ports to listen on; 0, and for routes that are not named, takes one that is free. */
  ports?: { collector?: number; routes?: Partial<Record<RouteId, number>> };
}

/** The routes as they run, and one load at a time on them. */
export class LoadService {
  readonly #house: LoadHouse;
  readonly #options: LoadServiceOptions;
  readonly #changed = new Emitter<void>();
  readonly #runners = new Map<RouteId, RouteRunner>();
  /** What starts or ends, one thing at a time. */
  #queue: Promise<unknown> = Promise.resolve();
  #collector: { group: ProcessGroup; url: string; folder: string } | null = null;
  #collected: CollectorStats | null = null;
  #state: LoadState = { kind: 'idle' };
  #run: LoadRun | null = null;
  /** The generator of the run before is gone: no two have one name at the same time. */
  #left: Promise<void> = Promise.resolve();
  #missing: ReadonlyMap<RouteId, MissingModes> = new Map();
  #looking = false;
  #closing = false;
  #soon: NodeJS.Timeout | null = null;

  constructor(options: LoadServiceOptions) {
    this.#options = options;
    this.#house = { ...options.house, changed: () => this.#processesChanged() };
  }

  get state(): LoadState {
    return this.#state;
  }

  get runners(): ReadonlyMap<RouteId, RouteRunner> {
    return this.#runners;
  }

  get collector(): { group: ProcessGroup; url: string; stats: CollectorStats | null } | null {
    return this.#collector === null ? null : { ...this.#collector, stats: this.#collected };
  }

  /** What the last run is saved from; null before its end. */
  get saved(): LocustInput | null {
    return this.#state.kind !== 'ended' || this.#run === null
      ? null
      : { result: this.#state.result, points: this.#run.tally.points, figures: this.#run.locust };
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  view(): LoadView {
    return viewOf({
      state: this.#state,
      runners: this.#runners,
      collector: this.#collector,
      run: this.#run,
      missing: this.#missing,
    });
  }

  /** The same, without the points that whoever shows it has already. */
  get updates(): LoadUpdates {
    return new LoadUpdates(() => ({ view: this.view(), tally: this.#run?.tally ?? null }));
  }

  /** Looks which servers are installed: what is missing stands in the view at once, before anybody starts it. */
  look(): Outcome {
    if (!this.#looking && !this.#closing) {
      this.#looking = true;
      void findMissing(this.#house).then((missing) => {
        this.#looking = false;
        this.#missing = missing;
        this.#changedSoon();
      });
    }
    return { ok: true };
  }

  prepare(choices: readonly RouteChoice[]): Outcome {
    const refusal = this.#busy();
    if (refusal !== null) return refusal;
    void this.#enqueue(() => this.#ensure(choices));
    return { ok: true };
  }

  /** The same, and resolves when all are up or can't be had. */
  async prepared(choices: readonly RouteChoice[]): Promise<void> {
    await this.#enqueue(() => this.#ensure(choices));
  }

  start(form: LoadForm): Outcome {
    const refusal = this.#busy();
    if (refusal !== null) return refusal;
    this.#forgetRun();
    this.#set({ kind: 'starting', form });
    void this.#enqueue(() => this.#start(form));
    return { ok: true };
  }

  stop(): Outcome {
    if (this.#state.kind === 'starting') {
      // Its generator may be on its way up already.
      void this.#run?.abandon();
      this.#forgetRun();
      this.#set({ kind: 'idle' });
      return { ok: true };
    }
    if (this.#run === null || this.#run.isOver) return { ok: false, message: say('load.none-running') };
    this.#run.stop();
    if (this.#state.kind === 'running') this.#set({ ...this.#state, stopping: true });
    return { ok: true };
  }

  setUsers(users: number): Outcome {
    if (this.#state.kind !== 'running' || this.#run === null) return { ok: false, message: say('load.none-running') };
    if (this.#state.form.pace.kind !== 'users') return { ok: false, message: say('load.no-users') };
    this.#run.setUsers(users);
    this.#changedSoon();
    return { ok: true };
  }

  reset(): Outcome {
    const refusal = this.#busy();
    if (refusal !== null) return refusal;
    this.#forgetRun();
    this.#set({ kind: 'idle' });
    return { ok: true };
  }

  close(): Outcome {
    const refusal = this.#busy();
    if (refusal !== null) return refusal;
    void this.#enqueue(() => this.#closeAll());
    return { ok: true };
  }

  /** Resolves when none of its processes is left. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    if (this.#soon !== null) clearTimeout(this.#soon);
    await this.#run?.abandon();
    await this.#closeAll();
    await this.#queue;
    await this.#closeAll();
  }

  #forgetRun(): void {
    if (this.#run !== null) this.#left = this.#run.left;
    this.#run = null;
  }

  #busy(): Outcome | null {
    const busy = this.#closing || ['starting', 'running', 'settling'].includes(this.#state.kind);
    return busy ? { ok: false, message: say('load.running-already') } : null;
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #ensure(choices: readonly RouteChoice[]): Promise<void> {
    if (this.#closing) return;
    const collector = await this.#ensureCollector();
    await Promise.all(choices.map((choice) => this.#ensureRoute(choice, collector.url)));
    // What could not be started may have been removed since the last look.
    this.look();
    this.#changedSoon();
  }

  async #ensureCollector(): Promise<{ url: string }> {
    if (this.#collector !== null) {
      const outcome = await this.#collector.group.revive();
      if (!outcome.ok) throw new MessageError(outcome.message);
      return this.#collector;
    }
    const port = (this.#options.ports?.collector ?? 0) || (await freePort());
    const folder = join(this.#house.directory(), `collector-${port}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const member = this.#house.programs.program(
      'collector',
      'main',
      { port, journal: join(folder, 'journal') },
      (report) => {
        const parsed = collectorStatsSchema.safeParse(report);
        if (!parsed.success) return;
        this.#collected = parsed.data;
        this.#run?.collected(parsed.data);
      },
    );
    const group = this.#house.newGroup({ id: 'load:collector', name: 'collector', members: [member] });
    this.#collector = { group, url: `http://127.0.0.1:${port}/`, folder };
    this.#watch(group);
    const outcome = await group.start();
    if (!outcome.ok) throw new MessageError(outcome.message);
    return this.#collector;
  }

  async #ensureRoute(choice: RouteChoice, collector: string): Promise<void> {
    const present = this.#runners.get(choice.route);
    // One that could not be had is tried again.
    if (present?.choice.mode === choice.mode && present.status.kind !== 'unavailable') return present.revive();
    await present?.close();
    const port = (this.#options.ports?.routes?.[choice.route] ?? 0) || (await freePort());
    const runner = new RouteRunner(choice, collector, port, {
      ...this.#house,
      newGroup: (spec) => this.#watch(this.#house.newGroup(spec)),
    });
    this.#runners.set(choice.route, runner);
    this.#changedSoon();
    await runner.start();
  }

  async #start(form: LoadForm): Promise<void> {
    // It may have been stopped since, and another one asked for.
    const isWanted = () => !this.#closing && this.#state.kind === 'starting' && this.#state.form === form;
    if (!isWanted()) return;
    try {
      await this.#ensure(form.routes);
      await this.#left;
      if (isWanted()) await this.#startRun(form);
    } catch (error) {
      if (isWanted()) this.#set({ kind: 'failed', form, reason: saidBy(error) });
    }
  }

  async #startRun(form: LoadForm): Promise<void> {
    const chosen = form.routes.flatMap(({ route }) => this.#runners.get(route) ?? []);
    const ready = chosen.filter(({ status }) => status.kind !== 'unavailable');
    if (ready.length === 0 || this.#collector === null) {
      const reasons = chosen.flatMap(({ status }) => (status.kind === 'unavailable' ? [status.reason] : []));
      throw new MessageError(say('load.no-route', { cause: say('sentences', { sentences: reasons }) }));
    }
    const run = new LoadRun({
      id: `load-${randomBytes(6).toString('hex')}`,
      form,
      house: this.#house,
      environment: this.#options.environment,
      trafficFile: this.#options.trafficFile,
      collector: this.#collector,
      routes: chosen,
      onChanged: () => this.#runChanged(run, form),
      watch: (group) => this.#watch(group),
    });
    this.#run = run;
    await run.start();
    this.#runChanged(run, form);
  }

  #runChanged(run: LoadRun, form: LoadForm): void {
    if (run !== this.#run) return;
    const { outcome, startedAtMs } = run;
    if (outcome !== null) {
      this.#set(
        outcome.kind === 'ended'
          ? { kind: 'ended', form, startedAtMs, result: outcome.result }
          : { kind: 'failed', form, reason: outcome.reason },
      );
      return;
    }
    const settling = run.tally.phase !== 'posting';
    if (settling && this.#state.kind !== 'settling') this.#set({ kind: 'settling', form, startedAtMs });
    else if (!settling && this.#state.kind !== 'running')
      this.#set({ kind: 'running', form, startedAtMs, stopping: false });
    else this.#changedSoon();
  }

  async #closeAll(): Promise<void> {
    const runners = [...this.#runners.values()];
    this.#runners.clear();
    await Promise.all(runners.map((runner) => runner.close()));
    const collector = this.#collector;
    this.#collector = null;
    this.#collected = null;
    if (collector !== null) {
      await this.#house.removeGroup(collector.group);
      await rm(collector.folder, { recursive: true, force: true, maxRetries: 10 });
    }
    this.#changedSoon();
  }

  #watch(group: ProcessGroup): ProcessGroup {
    for (const host of group.hosts) host.onChanged(() => this.#processesChanged());
    return group;
  }

  #processesChanged(): void {
    const hosts = [...this.#runners.values()].some((runner) => runner.isComingBack);
    const collector = this.#collector?.group.isComingBack ?? false;
    this.#run?.hold(hosts || collector);
    this.#changedSoon();
  }

  #set(state: LoadState): void {
    this.#state = state;
    this.#changedSoon();
  }

  #changedSoon(): void {
    if (this.#soon !== null || this.#closing) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.#changed.emit();
    }, CHANGED_AT_MOST_EVERY_MS);
  }
}
