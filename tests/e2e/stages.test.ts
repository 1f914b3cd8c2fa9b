import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { benchResultSchema } from '../../src/shared/bench/schema';
import type { Sample } from '../../src/shared/measure/sample-columns';
import { type Stage, STAGES, stagesOf } from '../../src/shared/measure/stages';
import { AppUnderTest, until } from './support/app';
import { CommandUnderTest } from './support/command';
import { applicationWith } from './support/stage';

/** The pings of a benchmark's CSV. */
function pingsOf(csv: string) {
  const [header = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const numberOf = (row: string[], name: string) => {
    const text = row[header.indexOf(name)] ?? '';
    return text === '' ? Number.NaN : Number(text);
  };
  return rows.map((row) => ({
    fromIntendedNs: numberOf(row, 'rtt_from_intended_ns'),
    sample: {
      intendedNs: numberOf(row, 'intended_ns'),
      sentNs: numberOf(row, 'sent_ns'),
      rttNs: numberOf(row, 'rtt_ns'),
      wroteNs: numberOf(row, 'wrote_ns'),
      peerReadNs: numberOf(row, 'peer_read_ns'),
      peerTookNs: numberOf(row, 'peer_took_ns'),
      peerAnsweredNs: numberOf(row, 'peer_answered_ns'),
      peerWroteNs: numberOf(row, 'peer_wrote_ns'),
      readNs: numberOf(row, 'read_ns'),
      peerErrorNs: numberOf(row, 'peer_error_ns'),
    } satisfies Partial<Sample>,
  }));
}

test.each([
  ['fifo', ['--rate', '200', '--duration', '1'], [200, 200] as const, STAGES.map(({ id }) => id)],
  [
    'message-port',
    ['-n', '2000'],
    // Of a closed loop the first 32, and then 16 of each 1,024.
    [2000, 48] as const,
    ['due-sent', 'sent-wrote', 'wrote-peerTook', 'peerTook-peerAnswered', 'peerAnswered-peerWrote', 'peerWrote-done'],
  ],
])(
  'bench --anatomy over %s: the stages of each ping add up to its round trip',
  async (method, pace, [all, asked], seen) => {
    const command = CommandUnderTest.start(
      ...['bench', '--anatomy', '--method', method, ...pace, '--rounds', '1', '--warmup', '20', '--no-floor'],
      ...['--json', 'out/all.json', '--csv', 'out/all.csv'],
    );
    const { code, err } = await command.ended;
    expect(code, err).toBe(0);
    const folder = join(command.home, 'out');
    const pings = pingsOf(readFileSync(join(folder, 'all.csv'), 'utf8'));
    expect(pings).toHaveLength(all);
    expect(pings.filter(({ sample }) => !Number.isNaN(sample.wroteNs))).toHaveLength(asked);
    for (const { sample, fromIntendedNs } of pings) {
      const stages = stagesOf(sample);
      expect(stages.reduce((sum, { ns }) => sum + ns, 0)).toBe(fromIntendedNs);
      expect(Math.min(...stages.map(({ ns }) => ns))).toBeGreaterThanOrEqual(0);
    }
    const [run] = benchResultSchema.parse(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8'))).runs;
    expect(run?.detail?.anatomy?.taken_apart).toBe(asked);
    expect(run?.detail?.anatomy?.p50.stages.map(({ id }) => id)).toEqual(seen);
    expect(run?.detail?.anatomy?.sentences).toHaveLength(4);
  },
);

/** So long a delay that no machine's noise is near it, and how little of it may show elsewhere. */
const DELAY_NS = 100e6;
const SMALL_NS = DELAY_NS / 5;
/** So many pings with every stage, of which the quickest counts: noise only ever adds. */
const ENOUGH = 20;

/** Digest, of a payload that is as large as this machine needs for the delay. */
const slowDigest = {
  manifest: { transports: ['message-port', 'fifo'] },
  scripts: {
    'large-payload.js': `
      import crypto from 'node:crypto';
      import { syncBuiltinESMExports } from 'node:module';
      const { createHash } = crypto;
      const part = Buffer.alloc(65536);
      crypto.createHash = (name) => {
        const untilNs = process.hrtime.bigint() + ${DELAY_NS}n;
        const hash = createHash(name);
        while (process.hrtime.bigint() < untilNs) hash.update(part);
        return hash;
      };
      syncBuiltinESMExports();`,
    'index.js': `
      import './large-payload.js';
      import '../digest/index.js';`,
  },
};

let app: AppUnderTest;
beforeAll(async () => {
  // From the start so few that the slow plugin never has two to answer.
  app = await AppUnderTest.launch({ root: applicationWith(inject('stage'), { slow: slowDigest }), rate: 4 });
  await app.untilMeasuring(11);
  await app.request('probe:configure', { ratePerSecond: 4, payloadBytes: 64, timeoutMs: 5000, stages: true });
});
afterAll(() => app?.close());

interface StagedPing {
  /** On the recording's clock. */
  sentNs: number;
  errorNs: number;
  stages: Stage[];
}

/** The answered pings of a channel that have stamps, since a time. */
async function stagedPings(channelId: string, sinceNs = 0): Promise<StagedPing[]> {
  const samples = (await app.recording()).channels.find(({ id }) => id === channelId)?.samples;
  return (samples?.seq ?? []).flatMap((_, at) => {
    const of = (column: Array<number | null> | undefined) => column?.[at] ?? Number.NaN;
    const sample = {
      intendedNs: samples?.intendedNs[at] ?? Number.NaN,
      sentNs: of(samples?.sentNs),
      rttNs: of(samples?.rttNs),
      wroteNs: of(samples?.wroteNs),
      peerReadNs: of(samples?.peerReadNs),
      peerTookNs: of(samples?.peerTookNs),
      peerAnsweredNs: of(samples?.peerAnsweredNs),
      peerWroteNs: of(samples?.peerWroteNs),
      readNs: of(samples?.readNs),
      peerErrorNs: samples?.peerErrorNs?.[at] ?? 0,
    };
    const { sentNs, peerErrorNs: errorNs } = sample;
    // Also a page's, which says nothing before it knows the clock.
    const staged = sentNs >= sinceNs && !Number.isNaN(sample.rttNs) && !Number.isNaN(sample.peerTookNs);
    return staged ? [{ sentNs, errorNs, stages: stagesOf(sample) }] : [];
  });
}

/** What each stage takes at least. */
function leastOf(pings: readonly StagedPing[]): Map<string, number> {
  const least = new Map<string, number>();
  for (const { id, ns } of pings.flatMap(({ stages }) => stages)) least.set(id, Math.min(ns, least.get(id) ?? ns));
  return least;
}

test.each(['fifo', 'message-port'])(
  'live: a plugin made slow shows in its stage and nowhere else (%s)',
  async (transport) => {
    const [slow, fast] = [`plugin:slow/${transport}`, `plugin:digest/${transport}`];
    const pings = { slow: [] as StagedPing[], fast: [] as StagedPing[] };
    await until(async () => {
      pings.slow = await stagedPings(slow);
      pings.fast = await stagedPings(fast);
      expect(Math.min(pings.slow.length, pings.fast.length)).toBeGreaterThan(ENOUGH);
    });
    const [slowLeast, fastLeast] = [leastOf(pings.slow), leastOf(pings.fast)];
    const stages =
      transport === 'fifo'
        ? STAGES.map(({ id }) => id)
        : ['due-sent', 'sent-wrote', 'wrote-peerTook', 'peerTook-peerAnswered'];
    for (const least of [slowLeast, fastLeast]) expect([...least.keys()]).toEqual(expect.arrayContaining(stages));
    for (const [id, ns] of slowLeast) {
      const growthNs = ns - (fastLeast.get(id) ?? 0);
      if (id === 'peerTook-peerAnswered') expect(growthNs, id).toBeGreaterThan(DELAY_NS - SMALL_NS);
      else expect(growthNs, id).toBeLessThan(SMALL_NS);
    }
  },
);

test('live: a plugin that is stopped shows in its waking', async () => {
  const pid = (await app.processPid('plugin:echo')) as number;
  const sinceNs = (await app.recording()).endedAtNs;
  process.kill(pid, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 600));
  process.kill(pid, 'SIGCONT');
  await until(async () => {
    const longest = (await stagedPings('plugin:echo/fifo', sinceNs))
      .flatMap(({ stages }) => stages)
      .toSorted((a, b) => b.ns - a.ns)
      .at(0);
    expect(longest?.from).toBe('wrote');
    expect(longest?.ns).toBeGreaterThan(100e6);
  });
});

const PAGE = 'site:bulkhead://gamma.test';
/** The isolated world in which Electron runs preloads. */
const PRELOAD_WORLD = 999;

/** Its clock is rounded to so much, by which the delays themselves are measured there. */
const PAGE_STEP_NS = 200e3;
/**
 * A delay before a method of typed arrays that the preload uses for pings alone, and the stage that it is in: a ping is
 * decoded with the one, then the time is read, then the pong is written with the other. Both at once, because a stage
 * shorter than the clock's error is not told from the next.
 */
const PAGE_DELAYS = [
  // The page may have it before our call that sent it has returned.
  { before: 'subarray', delayNs: DELAY_NS, stage: 'wrote-peerTook', orBefore: 'sent-wrote' },
  { before: 'set', delayNs: 0.6 * DELAY_NS, stage: 'peerTook-done', orBefore: null },
];

async function inPreload(code: string): Promise<void> {
  await app.electron.evaluate(
    async ({ webContents }, [world, script]) => {
      const page = webContents.getAllWebContents().find((each) => each.getURL().startsWith('bulkhead://gamma.test'));
      // Nothing that could not be cloned comes back.
      await page?.executeJavaScriptInIsolatedWorld(world, [{ code: `${script}; undefined` }]);
    },
    [PRELOAD_WORLD, code] as const,
  );
}

async function slowDown(name: string, delayNs: number): Promise<void> {
  await inPreload(`{
    const owner = Object.getPrototypeOf(Uint8Array.prototype);
    const { ${name}: original } = owner;
    globalThis.undo ??= [];
    undo.push(() => { owner.${name} = original; });
    owner.${name} = function (...args) {
      for (const from = performance.now(); performance.now() - from < ${delayNs / 1e6}; );
      return original.apply(this, args);
    };
  }`);
}

const PAGE_TRANSPORTS = ['message-port', 'ipc-invoke'];

test.each(PAGE_TRANSPORTS)('live: a page with known delays shows each in its stage (%s)', async (transport) => {
  const channel = `${PAGE}/${transport}`;
  // Alone: what one thread answers waits for each other.
  for (const each of PAGE_TRANSPORTS) await app.request('channel:enable', `${PAGE}/${each}`, each === transport);
  for (const { before, delayNs } of PAGE_DELAYS) await slowDown(before, delayNs);
  try {
    let pings: StagedPing[] = [];
    const sinceNs = (await app.recording()).endedAtNs;
    await until(async () => {
      pings = await stagedPings(channel, sinceNs);
      expect(pings.length).toBeGreaterThan(ENOUGH);
    });
    const errorNs = Math.max(...pings.map((ping) => ping.errorNs));
    expect(errorNs).toBeLessThan(SMALL_NS);
    const others = leastOf(pings);
    for (const { stage, orBefore, delayNs } of PAGE_DELAYS) {
      // In every ping, as exactly as the page's clock is known.
      for (const ping of pings) {
        const nsOf = (wanted: string | null) => ping.stages.find(({ id }) => id === wanted)?.ns;
        const ns = (nsOf(stage) ?? Number.NaN) + (nsOf(orBefore) ?? 0);
        expect(ns, stage).toBeGreaterThan(delayNs - ping.errorNs - PAGE_STEP_NS);
      }
      expect(others.get(stage), stage).toBeLessThan(delayNs + SMALL_NS);
      others.delete(stage);
    }
    expect(Math.max(...others.values())).toBeLessThan(SMALL_NS);
  } finally {
    await inPreload('undo.forEach((each) => each()); delete globalThis.undo');
  }
});
