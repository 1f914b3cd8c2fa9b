import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { RUN_PATTERN } from '../../shared/routes/message';
import { MAX_TRAFFIC_BYTES, readTraffic } from '../../shared/routes/traffic';
import { Lane } from '../generator/lane';
import { Load } from '../generator/load';
import { settle } from '../generator/settle';
import { warmUp } from '../generator/warm-up';
import { runProgram } from '../program/program';

/** The embedded generator as a process of its own: posts the records of a file to receivers, once each or in a loop. */

const paceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('users'),
    users: z.int().min(1).max(10_000),
    /** Users a second. */
    spawnRate: z.number().min(0.1).max(10_000),
    waitMs: z
      .tuple([z.number().min(0).max(600_000), z.number().min(0).max(600_000)])
      .refine(([from, to]) => from <= to, 'The shortest wait is longer than the longest')
      .default([200, 900]),
  }),
  z.strictObject({ kind: z.literal('rate'), perSecond: z.number().min(0.1).max(100_000) }),
]);

const settingsSchema = z.strictObject({
  file: z.string().min(1).max(4_096),
  /** Receivers, and the path under which the collector counts what crosses each. */
  targets: z
    .array(z.strictObject({ path: z.string().min(1).max(32), url: z.url({ protocol: /^http$/ }).max(500) }))
    .min(1)
    .max(16),
  collector: z.url({ protocol: /^http$/ }).max(500),
  pace: paceSchema,
  distribute: z.enum(['balance', 'all']).default('balance'),
  loop: z.boolean().default(false),
  /** The run ends then, if the records don't end before. */
  durationMs: z.int().min(1).max(86_400_000).optional(),
  maxInFlight: z.int().min(1).max(10_000).default(500),
  timeoutMs: z.int().min(100).max(600_000).default(15_000),
  /** When nothing more has arrived for so long, what is missing is lost. Longer than JetStream waits for an acknowledgement. */
  quietMs: z.int().min(100).max(600_000).default(15_000),
  run: z.string().regex(RUN_PATTERN).optional(),
});

const commandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-users'), users: z.int().min(0).max(10_000) }),
  /** No new posts. A second time nothing more is waited for either. */
  z.object({ type: z.literal('end-load') }),
  /** A part of a route is about to come back: until then nothing is lost for not arriving. */
  z.object({ type: z.literal('hold'), held: z.boolean() }),
]);
const MAX_BAD_TOLD = 20;

await runProgram(settingsSchema, async (settings, { report, end }) => {
  const { collector, maxInFlight, timeoutMs, quietMs, durationMs } = settings;
  const { records, bad } = await readFrom(settings.file);
  if (bad.length > 0) report({ type: 'bad-records', count: bad.length, first: bad.slice(0, MAX_BAD_TOLD) });
  const run = settings.run ?? `run-${randomBytes(6).toString('hex')}`;
  const lanes = settings.targets.map((target) => new Lane(target, { run, maxInFlight, timeoutMs }));
  const bodies = records.map((record) => JSON.stringify(record));
  const load = new Load(bodies, lanes, settings);
  if (settings.pace.kind === 'rate') await warmUp();
  report({ type: 'ready', run, records: records.length });

  const startedMs = performance.now();
  const timer = durationMs === undefined ? undefined : setTimeout(() => load.stop(), durationMs);
  let phase: 'posting' | 'settling' | 'ended' = 'posting';
  let stops = 0;
  let held = false;
  const finished = (async () => {
    await load.run();
    clearTimeout(timer);
    phase = 'settling';
    const seconds = (performance.now() - startedMs) / 1_000;
    const result = { type: 'result', run, seconds, lagMs: load.lagMs };
    const stats = lanes.map((lane) => ({ ...lane.stats(), locust: lane.locustFigures() }));
    try {
      const accounts = await settle(lanes, collector, {
        quietMs: () => (stops > 1 ? 0 : quietMs),
        isHeld: () => held && stops < 2,
      });
      report({ ...result, lanes: stats.map((lane, index) => ({ ...lane, account: accounts[index] })) });
    } catch (error) {
      report({ ...result, lanes: stats, problem: (error as Error).message });
    }
    phase = 'ended';
    for (const lane of lanes) lane.close();
  })();
  void finished.then(() => end(0));

  return {
    stats: () => ({
      phase,
      users: load.users,
      inFlight: load.inFlight,
      maxInFlight,
      lagMs: load.lagMs,
      lanes: lanes.map((lane) => ({ ...lane.stats(), recentMs: lane.takeRecent() })),
    }),
    command(command) {
      const parsed = commandSchema.safeParse(command);
      if (!parsed.success) return;
      if (parsed.data.type === 'set-users') load.setUsers(parsed.data.users);
      else if (parsed.data.type === 'hold') held = parsed.data.held;
      else {
        stops += 1;
        load.stop();
      }
    },
    async stop() {
      load.stop();
      await finished;
    },
  };
});

async function readFrom(file: string) {
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} can't be read: ${error.message}.`);
  });
  // A FIFO or a device might never end.
  if (!facts.isFile()) throw new Error(`${file} is no file. Name a JSON file with a list of records.`);
  if (facts.size > MAX_TRAFFIC_BYTES)
    throw new Error(`${file} has ${facts.size} bytes; at most ${MAX_TRAFFIC_BYTES} are read.`);
  const traffic = readTraffic(await readFile(file, 'utf8'));
  if ('refused' in traffic) throw new Error(`${file} is refused. ${traffic.refused}`);
  return traffic;
}
