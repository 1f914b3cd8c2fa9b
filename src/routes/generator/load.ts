import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Latency, type LatencyFigures } from '../../shared/routes/latency';
import { nowNs } from '../program/clock';
import type { Lane } from './lane';

/** Closed: users who post, wait for the answer, and then wait a while. Open: posts that are due at a constant rate, whatever becomes of them. */
export type Pace =
  | { kind: 'users'; users: number; spawnRate: number; waitMs: [from: number, to: number] }
  | { kind: 'rate'; perSecond: number };

export interface LoadSettings {
  pace: Pace;
  /** `balance`: each record to one lane, in turn. `all`: each record to every lane. */
  distribute: 'balance' | 'all';
  loop: boolean;
  /** On each lane: what one route holds back is nothing to the others. */
  maxInFlight: number;
}

const SPAWN_EVERY_MS = 50;

/** Posts each body once, or over and over, until all are posted or it is stopped. */
export class Load {
  readonly #bodies: readonly string[];
  readonly #lanes: readonly Lane[];
  readonly #settings: LoadSettings;
  readonly #stopping = new AbortController();
  /** By how much posts went out later than they were due; only with a constant rate. */
  readonly #lag = new Latency();
  #wantedUsers: number;
  #users = 0;
  #next = 0;
  #turn = 0;
  #inFlight = 0;

  constructor(bodies: readonly string[], lanes: readonly Lane[], settings: LoadSettings) {
    this.#bodies = bodies;
    this.#lanes = lanes;
    this.#settings = settings;
    // Every user who waits listens.
    setMaxListeners(0, this.#stopping.signal);
    this.#wantedUsers = settings.pace.kind === 'users' ? settings.pace.users : 0;
  }

  get users(): number {
    return this.#users;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get lagMs(): LatencyFigures | null {
    return this.#lag.figures();
  }

  /** Changes how many there are to be; they come at the spawn rate, and go after their present post. */
  setUsers(users: number): void {
    this.#wantedUsers = users;
  }

  /** No new posts; those in flight are waited for. */
  stop(): void {
    this.#stopping.abort();
    for (const lane of this.#lanes) lane.letGo();
  }

  /** Resolves when everything that was posted has its outcome. */
  async run(): Promise<void> {
    const { pace } = this.#settings;
    if (pace.kind === 'users') await this.#runUsers(pace);
    else await this.#runRate(pace.perSecond);
  }

  async #runUsers({ spawnRate, waitMs }: Extract<Pace, { kind: 'users' }>): Promise<void> {
    const alive = new Set<Promise<void>>();
    let earned = 1;
    let lastNs = nowNs();
    while (!this.#over()) {
      for (; earned >= 1 && this.#users < this.#wantedUsers; earned -= 1) {
        const user = this.#user(waitMs).finally(() => alive.delete(user));
        alive.add(user);
      }
      await delay(SPAWN_EVERY_MS);
      const now = nowNs();
      earned = Math.min(earned + (spawnRate * (now - lastNs)) / 1e9, Math.max(1, spawnRate));
      lastNs = now;
    }
    await Promise.all(alive);
  }

  async #user([from, to]: readonly [number, number]): Promise<void> {
    this.#users += 1;
    while (this.#users <= this.#wantedUsers && !this.#over()) {
      await this.#postNext(null);
      const waitMs = from + Math.random() * (to - from);
      if (waitMs > 0) await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    this.#users -= 1;
  }

  async #runRate(perSecond: number): Promise<void> {
    const startNs = nowNs();
    const intervalNs = 1e9 / perSecond;
    const settled: Set<Promise<void>> = new Set();
    for (let due = 0; !this.#over();) {
      const now = nowNs();
      for (; startNs + due * intervalNs <= now && !this.#over(); due += 1) {
        const dueNs = startNs + due * intervalNs;
        this.#lag.record(nowNs() - dueNs);
        const post = this.#postNext(dueNs).finally(() => settled.delete(post));
        settled.add(post);
      }
      const waitMs = (startNs + due * intervalNs - nowNs()) / 1e6;
      await delay(Math.max(0, Math.floor(waitMs)));
    }
    await Promise.all(settled);
  }

  async #postNext(dueNs: number | null): Promise<void> {
    const body = this.#bodies[this.#next % this.#bodies.length] as string;
    this.#next += 1;
    if (this.#settings.distribute === 'all') {
      await Promise.all(this.#lanes.map((lane) => this.#postTo(lane, body, dueNs)));
      return;
    }
    const lane = this.#lanes[this.#turn % this.#lanes.length] as Lane;
    this.#turn += 1;
    await this.#postTo(lane, body, dueNs);
  }

  async #postTo(lane: Lane, body: string, dueNs: number | null): Promise<void> {
    const { maxInFlight } = this.#settings;
    const isFull = () => lane.inFlight >= maxInFlight;
    if (dueNs === null) {
      // Who didn't wait would try again at once, and keep the answers that make room from being heard.
      while (isFull()) {
        if (this.#stopping.signal.aborted) return;
        await lane.room();
      }
    } else if (isFull()) {
      lane.skip(`Not posted: ${maxInFlight} posts were in flight already, which is the bound of each route`);
      return;
    }
    this.#inFlight += 1;
    await lane.post(body, dueNs);
    this.#inFlight -= 1;
  }

  #over(): boolean {
    return this.#stopping.signal.aborted || (!this.#settings.loop && this.#next >= this.#bodies.length);
  }
}
