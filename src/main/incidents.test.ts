import { describe, expect, test } from 'vitest';
import { Emitter } from '../shared/emitter';
import type { EventKind } from '../shared/event-kinds';
import type { LabEvent } from '../shared/events';
import type { Outcome } from '../shared/measure/outcome';
import { SampleLog } from '../shared/measure/sample-log';
import type { ProcessState, TerminationInfo } from '../shared/process-state';
import { say } from '../shared/messages/message';
import { type IncidentChannel, IncidentLog, type IncidentProcess } from './incidents';

const MS = 1e6;
const SECOND = 1e9;
const LIMIT_MS = 1000;
const SAID = say('verbatim', { text: '' });
/** Long enough that everybody's own variation is known. */
const LATE = 150 * SECOND;

/** What becomes of a ping that is due at `tNs`. */
type Fate = { rttNs: number } | { lost: Exclude<Outcome, 'pending' | 'answered'>; afterNs: number } | null;

const killed: TerminationInfo = {
  reason: 'killed',
  exitCode: null,
  signal: 'SIGKILL',
  pid: 1,
  uptimeMs: 1,
  atMs: 1,
  requested: false,
};

class CountingLog extends SampleLog {
  reads = 0;

  override get(sequence: number) {
    this.reads += 1;
    return super.get(sequence);
  }
}

class MadeUpChannel implements IncidentChannel {
  readonly id: string;
  readonly label: string;
  readonly processId: string;
  measuring = true;
  fate: (tNs: number) => Fate;
  readonly settled = new Emitter<number>();
  readonly log = new CountingLog();
  readonly probe = { log: this.log, onSettled: (listener: (sequence: number) => void) => this.settled.on(listener) };

  constructor(processId: string, fate: (tNs: number) => Fate) {
    this.processId = processId;
    this.id = `${processId}/fifo`;
    this.label = `${processId} · Named pipe`;
    this.fate = fate;
  }
}

/** Processes with a channel each, whose pings, deaths and hangs happen when a test says so, in the order of time. */
class World {
  nowNs = 0;
  readonly channels: MadeUpChannel[];
  readonly incidents: IncidentLog;
  readonly #events = new Emitter<LabEvent>();
  readonly #processes = new Map<string, { name: string; state: ProcessState; silentSinceNs: number | null }>();
  readonly #due: Array<{ atNs: number; run: () => void }> = [];
  #eventCount = 0;

  constructor(names: readonly string[]) {
    this.incidents = new IncidentLog({
      events: { onAdded: (listener) => this.#events.on(listener) },
      process: (id): IncidentProcess | undefined => this.#processes.get(id),
      clock: () => this.nowNs,
      bringUpToDate: () => undefined,
    });
    this.channels = names.map((name, i) => new MadeUpChannel(name, quietly(i)));
    for (const name of names)
      this.#processes.set(name, { name, state: { kind: 'running', sinceMs: 0 }, silentSinceNs: null });
    for (const channel of this.channels) this.incidents.watch(channel);
    this.every(500 * MS, () => this.incidents.update(LIMIT_MS));
  }

  at(atNs: number, run: () => void): void {
    this.#due.push({ atNs, run });
    this.#due.sort((a, b) => a.atNs - b.atNs);
  }

  every(intervalNs: number, run: () => void): void {
    const turn = () => {
      run();
      this.at(this.nowNs + intervalNs, turn);
    };
    this.at(intervalNs, turn);
  }

  ping(ratePerSecond = 20): void {
    this.channels.forEach((channel, i) => this.every(SECOND / ratePerSecond, () => this.#send(channel, i)));
  }

  run(untilNs: number): void {
    for (let next = this.#due[0]; next !== undefined && next.atNs <= untilNs; next = this.#due[0]) {
      this.#due.shift();
      this.nowNs = next.atNs;
      next.run();
    }
    this.nowNs = untilNs;
  }

  channel(name: string): MadeUpChannel {
    return this.channels.find((channel) => channel.processId === name) as MadeUpChannel;
  }

  process(name: string) {
    return this.#processes.get(name) as { state: ProcessState; silentSinceNs: number | null };
  }

  event(kind: EventKind, processId: string | null = null, termination: TerminationInfo | null = null): void {
    this.#eventCount += 1;
    this.#events.emit({
      id: this.#eventCount,
      kind,
      tNs: this.nowNs,
      processId,
      label: SAID,
      detail: SAID,
      termination,
    });
  }

  /** It dies, is noticed at once, and answers again `backAfterNs` later. */
  dies(name: string, atNs: number, backAfterNs = 300 * MS): void {
    const channel = this.channel(name);
    const before = channel.fate;
    this.at(atNs, () => {
      channel.fate = () => null;
      channel.measuring = false;
      this.process(name).state = { kind: 'exited', termination: killed };
      this.event('kill', name, killed);
    });
    this.at(atNs + backAfterNs, () => {
      channel.fate = before;
      channel.measuring = true;
      this.process(name).state = { kind: 'running', sinceMs: 0 };
      this.event('restart', name);
    });
  }

  /** It stops answering, which a heartbeat finds out 850 ms later, and answers again. */
  hangs(name: string, fromNs: number, toNs: number, fate: Fate = { lost: 'refused', afterNs: 0 }): void {
    const channel = this.channel(name);
    const before = channel.fate;
    this.at(fromNs, () => {
      channel.fate = () => fate;
      this.process(name).silentSinceNs = fromNs + 100 * MS;
    });
    this.at(fromNs + 850 * MS, () => {
      if (this.process(name).silentSinceNs === null) return;
      this.process(name).state = { kind: 'unresponsive', sinceMs: 0 };
      this.event('unresponsive', name);
    });
    this.at(toNs, () => {
      channel.fate = before;
      this.process(name).silentSinceNs = null;
      this.process(name).state = { kind: 'running', sinceMs: 0 };
      this.event('responsive', name);
    });
  }

  /** Between the two times its pings end like this. */
  during(name: string, fromNs: number, toNs: number, fate: (tNs: number) => Fate): void {
    const channel = this.channel(name);
    let before = channel.fate;
    this.at(fromNs, () => {
      before = channel.fate;
      channel.fate = fate;
    });
    this.at(toNs, () => (channel.fate = before));
  }

  incident(processId: string) {
    const found = this.incidents.all.findLast((incident) => incident.processId === processId);
    if (found === undefined) throw new Error(`${processId} had no incident`);
    return found;
  }

  /** Who lost how many pings by the verdict on `processId`. */
  losses(processId: string): Record<string, number> {
    const { survivors, survivorsLost } = this.incident(processId);
    const lost = survivors
      .filter((each) => each.lost > 0)
      .map((each) => [each.channelId.replace('/fifo', ''), each.lost]);
    expect(survivorsLost).toBe(survivors.reduce((sum, each) => sum + each.lost, 0));
    return Object.fromEntries(lost) as Record<string, number>;
  }

  #send(channel: MadeUpChannel, phase: number): void {
    const fate = channel.fate(this.nowNs);
    if (fate === null) return;
    const intendedNs = this.nowNs + phase;
    const sequence = channel.log.append(intendedNs, 64, false);
    const never = 'lost' in fate && fate.lost === 'refused';
    if (!never) channel.log.markSent(sequence, intendedNs);
    const settle = () => {
      if ('rttNs' in fate) channel.log.settle(sequence, 'answered', fate.rttNs);
      else channel.log.settle(sequence, fate.lost, Number.NaN);
      channel.settled.emit(sequence);
    };
    const after = 'rttNs' in fate ? fate.rttNs : fate.afterNs;
    if (after === 0) settle();
    else this.at(intendedNs + after, settle);
  }
}

/** About 100 µs, with now and then a slow one; the same every time. */
function quietly(seed: number): (tNs: number) => Fate {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const random = (state + 0.5) / 2 ** 32;
    return { rttNs: Math.round(90_000 + 20_000 * random + (random > 0.95 ? 200_000 * (random - 0.95) * 20 : 0)) };
  };
}

function measuring(...names: string[]): World {
  const world = new World(names);
  world.ping();
  return world;
}

describe('when an incident begins', () => {
  test('a hang that nobody asked for: with the first heartbeat that stayed unanswered', () => {
    const world = measuring('a', 'b');
    world.hangs('a', 10 * SECOND, 12 * SECOND);
    world.run(20 * SECOND);
    expect(world.incident('a')).toMatchObject({
      atNs: 10.1 * SECOND,
      startKnownFrom: 'heartbeat',
      noticedNs: 10.85 * SECOND,
      status: 'final',
    });
  });

  test('what the person asked for: when it was asked for', () => {
    const world = measuring('a', 'b');
    world.at(9.9 * SECOND, () => world.incidents.asked('a', 9.9 * SECOND));
    world.dies('a', 10 * SECOND);
    world.run(20 * SECOND);
    expect(world.incident('a')).toMatchObject({
      atNs: 9.9 * SECOND,
      startKnownFrom: 'request',
      noticedNs: 10 * SECOND,
    });
  });

  test('a death from outside: when it was noticed', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND);
    world.run(20 * SECOND);
    expect(world.incident('a')).toMatchObject({ atNs: 10 * SECOND, startKnownFrom: 'notice' });
  });

  test('a wish that came true is not the start of the next death', () => {
    const world = measuring('a', 'b');
    world.at(9.9 * SECOND, () => world.incidents.asked('a', 9.9 * SECOND));
    world.dies('a', 10 * SECOND);
    world.dies('a', 20 * SECOND);
    world.run(30 * SECOND);
    expect(world.incidents.all.map(({ startKnownFrom }) => startKnownFrom)).toEqual(['request', 'notice']);
  });
});

describe('what the others lost', () => {
  test('counts what was lost while the hang was not noticed yet, however short the time limit', () => {
    const world = measuring('a', 'b');
    world.hangs('a', 10 * SECOND, 12 * SECOND);
    world.during('b', 10.2 * SECOND, 10.4 * SECOND, () => ({ lost: 'timeout', afterNs: 50 * MS }));
    world.run(20 * SECOND);
    expect(world.losses('a')).toEqual({ b: 4 });
  });

  test('is nothing that had been given up before it began', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND);
    world.during('b', 9.2 * SECOND, 9.9 * SECOND, () => ({ lost: 'refused', afterNs: 0 }));
    world.run(20 * SECOND);
    expect(world.losses('a')).toEqual({});
  });

  test('is also what was under way when it began', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND);
    world.during('b', 9.6 * SECOND, 10 * SECOND, () => ({ lost: 'timeout', afterNs: SECOND }));
    world.run(20 * SECOND);
    expect(world.losses('a')).toEqual({ b: 8 });
  });

  test('ends with the window', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND);
    world.during('b', 14.9 * SECOND, 15.2 * SECOND, () => ({ lost: 'refused', afterNs: 0 }));
    world.run(20 * SECOND);
    expect(world.losses('a')).toEqual({ b: 2 });
  });

  test('is said at once, and while it is watched', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND);
    world.during('b', 10.2 * SECOND, 10.4 * SECOND, () => ({ lost: 'refused', afterNs: 0 }));
    world.run(11 * SECOND);
    expect(world.incident('a')).toMatchObject({
      status: 'collecting',
      survivorsLost: 4,
      verdict: { kind: 'watching' },
    });
  });
});

describe('what a process loses by its own grief is not what another cost it', () => {
  const stopped: Fate = { lost: 'refused', afterNs: 0 };

  test('stopped, killed, and another killed within a second', () => {
    const world = measuring('digest', 'gamma', 'echo');
    world.during('digest', 10 * SECOND, 10.5 * SECOND, () => stopped);
    world.dies('digest', 10.5 * SECOND);
    world.dies('gamma', 10.9 * SECOND);
    world.run(20 * SECOND);
    expect([world.losses('digest'), world.losses('gamma')]).toEqual([{}, {}]);
  });

  test('stopped when another dies, and noticed only later', () => {
    const world = measuring('digest', 'gamma', 'echo');
    world.hangs('digest', 10 * SECOND, 13 * SECOND, stopped);
    world.dies('gamma', 10.2 * SECOND);
    world.run(10.6 * SECOND);
    // Nobody can know yet whose they are.
    expect(world.losses('gamma')['digest']).toBeGreaterThan(0);
    world.run(20 * SECOND);
    expect([world.losses('digest'), world.losses('gamma')]).toEqual([{}, {}]);
  });

  test('pings that were under way to it when it fell silent', () => {
    const world = measuring('digest', 'gamma');
    world.during('digest', 9.9 * SECOND, 10.5 * SECOND, (tNs) => ({
      lost: 'peer-gone',
      afterNs: 10.5 * SECOND - 1 - tNs,
    }));
    world.dies('digest', 10.5 * SECOND);
    world.dies('gamma', 10.3 * SECOND);
    world.run(20 * SECOND);
    expect(world.losses('gamma')).toEqual({});
  });

  test('it dies after the other, within the window', () => {
    const world = measuring('digest', 'gamma');
    world.dies('gamma', 10 * SECOND);
    world.during('digest', 12 * SECOND, 12.5 * SECOND, () => stopped);
    world.dies('digest', 12.5 * SECOND);
    world.run(20 * SECOND);
    expect([world.losses('digest'), world.losses('gamma')]).toEqual([{}, {}]);
  });

  test('its hang ends within the window, and what it lost in it stays its own', () => {
    const world = measuring('digest', 'gamma');
    world.hangs('digest', 10 * SECOND, 14 * SECOND, { lost: 'timeout', afterNs: SECOND });
    world.dies('gamma', 13.5 * SECOND);
    world.run(25 * SECOND);
    expect(world.losses('gamma')).toEqual({});
  });

  test('but what it loses once it is answered again is not', () => {
    const world = measuring('digest', 'gamma');
    world.dies('digest', 10 * SECOND, 300 * MS);
    world.dies('gamma', 11 * SECOND);
    world.during('digest', 12 * SECOND, 12.2 * SECOND, () => stopped);
    world.run(20 * SECOND);
    expect(world.losses('gamma')).toEqual({ digest: 4 });
  });

  test('nor is what it lost before it fell silent', () => {
    const world = measuring('digest', 'gamma');
    world.dies('gamma', 10 * SECOND);
    world.during('digest', 11 * SECOND, 11.2 * SECOND, () => stopped);
    world.dies('digest', 13 * SECOND);
    world.run(20 * SECOND);
    expect(world.losses('gamma')).toEqual({ digest: 4 });
  });
});

describe('the verdict', () => {
  test('is that nobody noticed, where no channel changed more than by itself', () => {
    const world = measuring('a', 'b', 'c', 'd');
    world.dies('a', LATE);
    world.run(LATE + 10 * SECOND);
    expect(world.incident('a').verdict).toMatchObject({ kind: 'steady', channels: 3 });
  });

  test('names who became slower, and by how much', () => {
    const world = measuring('a', 'b', 'c', 'd');
    world.dies('a', LATE);
    world.during('c', LATE, LATE + 5 * SECOND, () => ({ rttNs: 400_000 }));
    world.run(LATE + 10 * SECOND);
    const { verdict, survivors } = world.incident('a');
    expect(verdict).toMatchObject({ kind: 'slowed', slower: [{ channelId: 'c/fifo', percentile: 'p50' }] });
    expect(verdict.kind === 'slowed' && verdict.slower[0]?.changeNs).toBeCloseTo(300_000, -4);
    expect(survivors.find(({ channelId }) => channelId === 'c/fifo')?.p50AfterNs).toBe(400_000);
  });

  test('is not that it was slower, where it became faster', () => {
    const world = measuring('a', 'b', 'c');
    world.dies('a', LATE);
    world.during('c', LATE, LATE + 5 * SECOND, () => ({ rttNs: 20_000 }));
    world.run(LATE + 10 * SECOND);
    expect(world.incident('a').verdict.kind).toBe('steady');
  });

  test('does not take for a change what a channel does by itself all the time', () => {
    const world = measuring('a', 'b', 'c');
    const restless = (tNs: number): Fate => ({ rttNs: Math.floor(tNs / 7e9) % 2 === 0 ? 100_000 : 600_000 });
    world.channel('c').fate = restless;
    world.dies('a', 161 * SECOND);
    world.run(170 * SECOND);
    const { survivors, verdict } = world.incident('a');
    const c = survivors.find(({ channelId }) => channelId === 'c/fifo');
    expect((c?.p50AfterNs ?? 0) - (c?.p50BeforeNs ?? 0)).toBe(500_000);
    expect(verdict.kind).toBe('steady');
  });

  test.each([
    ['there was nobody else', ['a'], 20, LATE, 'no-survivors'],
    ['there was too little before it', ['a', 'b'], 20, 60 * SECOND, 'short-history'],
    ['nobody was pinged enough', ['a', 'b'], 2, LATE, 'few-pings'],
  ] as const)('is that nothing was measured, where %s', (_why, names, rate, atNs, reason) => {
    const world = new World(names);
    world.ping(rate);
    world.dies('a', atNs);
    world.run(atNs + 10 * SECOND);
    expect(world.incident('a')).toMatchObject({ status: 'final', verdict: { kind: 'not-measured', reason } });
  });

  test('is none of speed where the channels stood still after it', () => {
    const world = measuring('a', 'b');
    world.dies('a', LATE);
    world.during('b', LATE + 500 * MS, LATE + 10 * SECOND, () => null);
    world.run(LATE + 12 * SECOND);
    expect(world.incident('a').verdict).toEqual({ kind: 'not-measured', reason: 'few-pings' });
  });

  test('is none where something else died nearby: it could be of that', () => {
    const world = measuring('a', 'b', 'c');
    world.dies('a', LATE);
    world.dies('b', LATE + 3 * SECOND);
    world.run(LATE + 12 * SECOND);
    const of = (id: string, channel: string) =>
      world.incident(id).survivors.find(({ channelId }) => channelId === `${channel}/fifo`)?.comparison;
    expect(of('a', 'c')).toEqual({ kind: 'not-compared', reason: 'other-incident' });
    expect(of('b', 'c')).toEqual({ kind: 'not-compared', reason: 'other-incident' });
    expect(of('a', 'b')).toEqual({ kind: 'not-compared', reason: 'own-incident' });
  });

  test('is none where the settings changed, and not held against what was measured with others', () => {
    const world = measuring('a', 'b');
    world.at(LATE - 2 * SECOND, () => world.event('settings'));
    world.dies('a', LATE);
    world.dies('a', LATE + 40 * SECOND);
    world.run(LATE + 60 * SECOND);
    expect(world.incidents.all.map(({ verdict }) => verdict)).toEqual([
      { kind: 'not-measured', reason: 'settings-changed' },
      { kind: 'not-measured', reason: 'short-history' },
    ]);
  });

  test('is not held against windows in which there was another incident', () => {
    const world = measuring('a', 'b', 'c');
    // All that c does in its time before is to be slow after each death of b.
    for (let i = 1; i <= 6; i += 1) {
      world.dies('b', i * 20 * SECOND);
      world.during('c', i * 20 * SECOND, i * 20 * SECOND + 5 * SECOND, () => ({ rttNs: 900_000 }));
    }
    world.dies('a', 300 * SECOND);
    world.during('c', 300 * SECOND, 305 * SECOND, () => ({ rttNs: 400_000 }));
    world.run(310 * SECOND);
    expect(world.incident('a').verdict).toMatchObject({ kind: 'slowed', slower: [{ channelId: 'c/fifo' }] });
  });

  test('is none where a process was launched nearby, and not held against windows with a launch', () => {
    const world = measuring('a', 'b', 'c');
    // Something starts every 10 s, and c is slow each time.
    for (let t = 10; t <= 150; t += 10) {
      world.at(t * SECOND, () => world.event('launched', 'other'));
      world.during('c', t * SECOND, (t + 5) * SECOND, () => ({ rttNs: 900_000 }));
    }
    world.dies('b', 152 * SECOND);
    world.dies('a', 300 * SECOND);
    world.during('c', 300 * SECOND, 305 * SECOND, () => ({ rttNs: 400_000 }));
    world.run(310 * SECOND);
    expect(world.incident('b').verdict).toEqual({ kind: 'not-measured', reason: 'launch' });
    expect(world.incident('a').verdict).toMatchObject({ kind: 'slowed', slower: [{ channelId: 'c/fifo' }] });
  });

  test('takes no notice of a hang that ended with its page', () => {
    const world = measuring('a', 'b', 'c');
    world.hangs('b', 10 * SECOND, 1000 * SECOND);
    world.at(20 * SECOND, () => (world.process('b').silentSinceNs = null));
    world.dies('a', LATE);
    world.run(LATE + 10 * SECOND);
    expect(world.incident('a').verdict.kind).toBe('steady');
  });
});

describe('measured again', () => {
  test('is from the start to the first answer after it was noticed', () => {
    const world = measuring('a', 'b');
    world.dies('a', 10 * SECOND, 2 * SECOND);
    world.run(11 * SECOND);
    expect(world.incident('a').measuredAgainAfterNs).toBeNull();
    world.run(20 * SECOND);
    const again = world.incident('a').measuredAgainAfterNs ?? 0;
    expect(again).toBeGreaterThan(2 * SECOND);
    expect(again).toBeLessThan(2.1 * SECOND);
  });

  test('is no answer that still came before the hang was noticed', () => {
    const world = measuring('a', 'b');
    world.at(9.8 * SECOND, () => world.incidents.asked('a', 9.8 * SECOND));
    world.hangs('a', 10 * SECOND, 12 * SECOND);
    world.run(20 * SECOND);
    expect(world.incident('a').measuredAgainAfterNs).toBeGreaterThan(2 * SECOND);
  });

  test('is no answer of a thread that went on beside the one that hung', () => {
    const world = new World(['a', 'b']);
    const beside = new MadeUpChannel('a', quietly(9));
    world.channels.push(beside);
    world.incidents.watch(beside);
    world.ping();
    world.hangs('a', 10 * SECOND, 12 * SECOND);
    world.run(20 * SECOND);
    const again = world.incident('a').measuredAgainAfterNs ?? 0;
    expect(again).toBeGreaterThan(1.9 * SECOND);
    expect(again).toBeLessThan(2.1 * SECOND);
  });
});

test('each sample is looked at a few times in all, whatever the number of updates and incidents', () => {
  const world = measuring('a', 'b', 'c');
  for (let i = 0; i < 5; i += 1) world.dies('a', LATE + i * 500 * MS, 100 * MS);
  world.run(LATE + 60 * SECOND);
  const { log } = world.channel('b');
  // Once when it is settled, once in its window, and the 11 s around each of five incidents once.
  const aroundIncidents = 5 * (2 * 5 + 2) * 20;
  expect(log.reads).toBeLessThan(2 * log.next + aroundIncidents);
});

test('a finished incident reads nothing', () => {
  const world = measuring('a', 'b');
  world.dies('a', 10 * SECOND);
  world.run(30 * SECOND);
  const { log } = world.channel('b');
  const before = log.reads;
  for (let i = 0; i < 100; i += 1) world.incidents.update(LIMIT_MS);
  expect(log.reads).toBe(before);
});

test('an update looks at a bounded number of samples, and the verdict comes with a later one', () => {
  const world = new World(['a', ...Array.from({ length: 8 }, (_, i) => `b${i}`)]);
  world.ping(500);
  world.dies('a', 10 * SECOND);
  let most = 0;
  let before = 0;
  const reads = () => world.channels.reduce((sum, { log }) => sum + log.reads, 0);
  const { incidents } = world;
  const update = incidents.update.bind(incidents);
  incidents.update = (timeoutMs) => {
    before = reads();
    update(timeoutMs);
    most = Math.max(most, reads() - before);
  };
  world.run(20 * SECOND);
  expect(world.incident('a').status).toBe('final');
  // One channel's windows may go beyond the 20,000.
  expect(most).toBeLessThan(20_000 + 12 * 500);
  expect(most).toBeGreaterThan(10_000);
});
