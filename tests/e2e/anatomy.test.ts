import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnatomyView, PingChoice } from '../../src/shared/anatomy-view';
import { readTrace } from '../support/trace-format';
import { type AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';
import { openInChromium } from './support/chromium-tracing';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const ECHO = 'plugin:echo/fifo';
const at = (testId: string) => app.shell.getByTestId(testId);
const dialog = () => app.shell.locator('dialog[open]');

async function anatomy(channelId: string, choice: PingChoice | null = null): Promise<AnatomyView> {
  const outcome = await app.request('anatomy:read', channelId, null, choice);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.message));
  return outcome.view;
}

async function close(): Promise<void> {
  await app.shell.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

/** Whether the newest answered ping of echo's pipe has stages. */
async function isStaged(): Promise<boolean> {
  const samples = (await app.recording()).channels.find(({ id }) => id === ECHO)?.samples;
  const newest = samples?.outcome.lastIndexOf('answered') ?? -1;
  return typeof samples?.wroteNs?.[newest] === 'number';
}

/** What the next start would begin with. */
function rememberedStages(): boolean | undefined {
  const path = join(app.home, 'profile', 'settings.json');
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { probe?: { stages?: boolean } }).probe?.stages;
}

test('by the keyboard: from a row of the table, stages are measured and the bars fill', async () => {
  await at(`run-${ECHO}`).focus();
  await app.shell.keyboard.press('ArrowRight');
  expect(await app.shell.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Anatomy of echo · Named pipe',
  );
  await app.shell.keyboard.press('Enter');
  await dialog().waitFor();
  await until(async () => expect(await at('anatomy-sentences').textContent()).toMatch(/p50: \d+.% .*p99/));
  for (const id of ['p50', 'p90', 'p99'])
    expect(await at(`stage-bar-${id}`).getByRole('img').getAttribute('aria-label')).toMatch(
      /: 1 waiting in our process/,
    );
  // One ping, and the one before it.
  await at('anatomy-slowest').press('Enter');
  const name = at('stage-bar-ping').locator('b');
  await until(async () => expect(await name.textContent()).toMatch(/^ping [\d,]+$/));
  const slowest = await name.textContent();
  await at('anatomy-before').press('Enter');
  await until(async () => expect(await name.textContent()).not.toBe(slowest));
  await close();
});

test('who only looks leaves no trace: stages end with the view, and are not remembered', async () => {
  await until(async () => expect(await isStaged()).toBe(false));
  const { events, settings } = await app.recording();
  expect(events.filter(({ kind }) => kind === 'settings')).toEqual([]);
  expect(settings.stages).toBeUndefined();
  await at(`anatomy-${ECHO}`).click();
  await until(async () => expect(await isStaged()).toBe(true));
  // A page that is loaded anew shows no view any more.
  await app.shell.reload();
  await at('chart').waitFor();
  await until(async () => expect(await isStaged()).toBe(false));
  expect(rememberedStages()).toBeUndefined();
});

test('who keeps them on has them after it is closed, and at the next start', async () => {
  await at(`anatomy-${ECHO}`).click();
  await at('anatomy-keep').check();
  await until(async () => expect(await at('anatomy-keep').isChecked()).toBe(true));
  await close();
  const { endedAtNs } = await app.recording();
  await until(async () => {
    const samples = (await app.recording()).channels.find(({ id }) => id === ECHO)?.samples;
    const after = samples?.intendedNs.findIndex((ns) => ns > endedAtNs + 1e9) ?? -1;
    expect(samples?.wroteNs?.slice(after).filter((ns) => ns !== null).length).toBeGreaterThan(10);
  });
  await until(() => expect(rememberedStages()).toBe(true));
});

test('the stages of every channel, and of single pings, add up to their round trips', async () => {
  const { channels } = await app.recording();
  expect(channels).toHaveLength(9);
  for (const { id } of channels) {
    await until(async () => expect((await anatomy(id)).staged, id).toBeGreaterThan(20));
    const { anatomies, ping } = await anatomy(id, { kind: 'slowest' });
    for (const each of [...Object.values(anatomies), ping?.anatomy]) {
      expect(each?.stages.length, id).toBeGreaterThan(1);
      for (const { ns } of each?.stages ?? []) expect(ns, id).toBeGreaterThanOrEqual(0);
      expect(
        each?.stages.reduce((sum, { ns }) => sum + ns, 0),
        id,
      ).toBeCloseTo(each?.rttNs ?? NaN, 0);
    }
    expect(ping?.rttNs, id).toBeCloseTo(ping?.anatomy?.rttNs ?? NaN, 0);
  }
});

test('the table says what the bars say, and is copied', async () => {
  await at(`anatomy-${ECHO}`).click();
  await dialog().waitFor();
  const cells = at('stage-table').locator('tbody tr');
  await until(async () => expect(await cells.count()).toBeGreaterThan(4));
  await app.shell.getByRole('button', { name: 'Copy the table' }).click();
  await until(async () => expect(await at('status').textContent()).toMatch(/Copied \d+ rows/));
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.split('\n')[0]).toMatch(/^Stage\tp50 µs\t%\tp90 µs/);
  expect(copied).toContain('the plugin making its answer');
  await close();
});

test('a click at a line of the chart takes that ping apart', async () => {
  const plot = at('chart').locator('svg.recharts-surface').first();
  // Down through the plot until a line is near: where it is depends on the machine. A click beside an open dialog would
  // close it, so each is given the frames in which one is drawn.
  const opens = async () => {
    await app.untilDrawn();
    return (await dialog().count()) > 0;
  };
  await until(async () => {
    for (let part = 0.1; part < 0.85; part += 0.05) {
      // Anew each time: a click at the mark of a stall opens the events, beside a narrower chart.
      const box = await plot.boundingBox();
      if (box === null) throw new Error('no chart');
      await app.shell.mouse.click(box.x + box.width * 0.75, box.y + box.height * part);
      if (await opens()) return;
    }
    expect.fail('no click was near a line');
  });
  await until(async () => expect(await at('stage-bar-ping').locator('b').textContent()).toMatch(/^ping [\d,]+$/));
  await close();
});

test('a trace with stages: in both processes, joined by arrows, also after a crash', async () => {
  await app.press('plugin:echo', 'crash');
  await until(async () => expect((await app.recording()).events.some(({ kind }) => kind === 'restart')).toBe(true));
  await app.untilMeasuring(9);
  const path = join(ownedFolder(app.home, 'traces'), 'live.trace.json');
  const echo = await app.processPid('plugin:echo');
  // Until the new process has answered.
  await until(async () => {
    expect(await app.exportTo(path, 'trace')).toEqual({ status: 'saved', path });
    const { arrows } = readTrace(readFileSync(path, 'utf8'));
    expect(new Set(arrows.map(({ to }) => to.pid)).size).toBeGreaterThan(3);
    expect(arrows.some(({ to }) => to.pid === echo)).toBe(true);
  });
  const { file, arrows, slices, processes } = readTrace(readFileSync(path, 'utf8'));
  expect(arrows.every(({ from, to }) => from.pid === app.pid || to.pid === app.pid)).toBe(true);
  const answers = slices.filter(({ name }) => name === 'the plugin making its answer');
  expect(new Set(answers.map(({ pid }) => processes.get(pid)))).toEqual(new Set(['echo', 'digest']));

  // Chromium's own viewer reads the same from it.
  const viewed = await openInChromium(app, path);
  expect(viewed.warnings).toEqual([]);
  expect(viewed.processes).toEqual(Object.fromEntries(processes));
  // It shows a point in a row as a slice without length: a ping that nobody answered.
  const points = file.traceEvents.filter((event) => event.ph === 'i' && event.s === 't');
  expect(viewed.slices).toBe(slices.length + points.length);
  const named = (joined: Array<[string, string]>) => joined.map(([from, to]) => `${from} → ${to}`).toSorted();
  expect(named(viewed.arrows)).toEqual(named(arrows.map(({ from, to }) => [from.name, to.name])));
  expect(viewed.counters).toBeGreaterThan(9);
});
