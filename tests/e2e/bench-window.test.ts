/// <reference lib="dom" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchResult, benchResultSchema } from '../../src/shared/bench/schema';
import { TRANSPORT_IDS } from '../../src/shared/transport-catalog';
import { AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';
import { descendantsOf, isRunning, processesMentioning } from './support/processes';

let app: AppUnderTest;
let folder: string;
beforeAll(async () => {
  app = await launchMeasuring();
  folder = ownedFolder(app.home, 'results');
});
afterAll(() => app?.close());

const page = (name: 'Live' | 'Benchmark') => app.shell.getByRole('radio', { name, exact: true }).check();
const at = (testId: string) => app.shell.getByTestId(testId);

/** Fills the form as a person does: these methods, so many cycles. */
async function fill(methods: readonly string[], cycles: number): Promise<void> {
  await page('Benchmark');
  await app.shell.getByRole('button', { name: 'None', exact: true }).click();
  for (const method of methods) await at(`bench-method-${method}`).check();
  await at('bench-cycles').fill(String(cycles));
  await at('bench-warmup').fill('20');
  await at('bench-rounds').fill('2');
}

async function untilRunning(): Promise<void> {
  await app.shell.locator('[data-testid="bench-run"][data-kind="running"]').waitFor();
}

async function untilIdle(): Promise<void> {
  await until(async () => expect(await at('bench-run').getAttribute('data-kind')).toBe('idle'));
}

/** The benchmark's own browser process: the one descendant without a screen that is of no type of Chromium's. */
function benchPid(): number | undefined {
  return descendantsOf(app.pid).find((pid) => {
    const commandLine = commandLineOf(pid);
    return commandLine.includes('--ozone-platform=headless') && !commandLine.includes('--type=');
  });
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Has the run stand still meanwhile: it could be over before anybody has looked. */
async function whileHeld(look: () => Promise<void>): Promise<void> {
  const pid = benchPid() ?? expect.fail('no benchmark runs');
  process.kill(pid, 'SIGSTOP');
  try {
    await look();
  } finally {
    // What failed meanwhile is to be told, not that it has gone.
    if (isRunning(pid)) process.kill(pid, 'SIGCONT');
  }
}

/** Answers the next dialogs as a person would. */
function chooseToSave(path: string): Promise<void> {
  return app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}
function chooseToOpen(...paths: string[]): Promise<void> {
  return app.electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
  }, paths);
}

/** Presses a save button and waits for the file's name in the status line. */
async function save(format: string, path: string): Promise<Buffer> {
  await chooseToSave(path);
  await at(`bench-save-${format}`).click();
  await until(async () => expect(await at('status').textContent()).toContain(path));
  return readFileSync(path);
}

const readSaved = (path: string): BenchResult => benchResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

test('the menu shows the benchmark; the page of the tab in front gives way to it, and comes back', async () => {
  const choose = (label: string) =>
    app.electron.evaluate(({ Menu }, name) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      items.find((item) => item.label === name)?.click();
    }, label);
  const hidden = async () =>
    (await app.recording()).channels
      .find(({ id }) => id.startsWith('site:bulkhead://gamma.test'))
      ?.samples.hidden.at(-1);
  await until(async () => expect(await hidden()).toBe(false));
  await choose('Benchmark');
  await at('bench-page').waitFor();
  await until(async () => expect(await hidden()).toBe(true));
  await choose('Address');
  await until(async () => expect(await hidden()).toBe(false));
  expect(await app.shell.evaluate(() => document.activeElement?.id)).toBe('address');
});

test('every method that there is can be chosen, or says why not', async () => {
  await page('Benchmark');
  const choices = await at('bench-methods')
    .locator('label')
    .evaluateAll((labels) =>
      labels.map((label) => ({
        name: label.querySelector('.bench-method-name')?.textContent,
        disabled: label.querySelector('input')?.disabled,
        reason: label.querySelector('.bench-method-reason')?.textContent ?? null,
      })),
    );
  expect(choices.map(({ name }) => name)).toEqual([...TRANSPORT_IDS]);
  for (const { name, disabled, reason } of choices) expect([name, (reason ?? '') !== '']).toEqual([name, disabled]);
});

test('a run from the window: live channels rest, progress comes, a table and plots stand there, nothing was lost', async () => {
  await fill(['fifo', 'unix-stream'], 500);
  await at('bench-start').click();
  await untilRunning();
  await until(async () =>
    expect(await at('bench-progress').textContent()).toMatch(/Round \d of 2: (fifo|unix-stream) at 64/),
  );
  // It is measured in an application of its own. Meanwhile the live channels rest, with the reason.
  await whileHeld(async () => {
    await page('Live');
    const paused = app.shell.locator(
      '[data-testid^="channel-"][data-status="paused"] [title="A benchmark is running."]',
    );
    await until(async () => expect(await paused.count()).toBe(9));
    await at('bench-running-note').waitFor();
    await page('Benchmark');
  });
  await untilIdle();
  const result = at('bench-result');
  await result.waitFor();
  expect(await result.textContent()).toMatch(/Named pipe[^]*Unix stream/);
  await until(async () => expect(await result.locator('svg .result-row').count()).toBe(2));
  await app.shell.getByRole('radio', { name: 'Percentiles' }).check();
  await until(async () => expect(await result.locator('svg .plot-line').count()).toBe(2));
  // And with a panel for each method, whose figures are told beside a pointer.
  await at('bench-panels').selectOption('method');
  await until(async () => expect(await result.locator('svg .panel .plot-line').count()).toBe(2));
  const panel = result.locator('svg .panel rect').first();
  await until(async () => {
    await panel.hover({ position: { x: 5 + Math.random() * 30, y: 5 + Math.random() * 80 } });
    expect(await result.locator('.bench-readout').textContent({ timeout: 500 })).toContain('median');
  });
  await at('bench-panels').selectOption('');
  await app.shell.getByRole('radio', { name: 'Boxes' }).check();
  // Afterwards they go on as before.
  await page('Live');
  await app.untilMeasuring(9);
  const { channels, events } = await app.recording();
  await app.untilNothingLost();
  expect(events.filter(({ kind }) => kind === 'benchmark').map(({ label }) => label)).toEqual([
    'benchmark began',
    'benchmark ended',
  ]);
  // Not a ping went out in between, once the measuring thread had heard of it.
  const [began, ended] = events.filter(({ kind }) => kind === 'benchmark');
  for (const { id, samples } of channels) {
    const between = samples.sentNs.filter(
      (ns) => ns !== null && ns > (began?.tNs ?? 0) + 1e9 && ns < (ended?.tNs ?? 0) - 1e6,
    );
    expect([id, between]).toEqual([id, []]);
  }
});

test('figures come while it runs, in their places, marked as unfinished, and become the result', async () => {
  await fill(['fifo', 'unix-stream', 'tcp'], 600);
  await at('bench-rounds').fill('3');
  await at('bench-start').click();
  const partial = at('bench-partial');
  // Every run has its row from the start, and the first of them figures long before the end.
  await until(async () => expect(await partial.locator('.run-table th[scope="row"]').count()).toBe(3));
  const order = await partial.locator('.run-table th[scope="row"]').allTextContents();
  await until(async () =>
    expect(await partial.locator('[data-column="max"]').allTextContents()).toContainEqual(
      expect.stringMatching(/^[\d.,]+$/),
    ),
  );
  await partial.getByRole('button', { name: 'TCP: in the plot' }).waitFor();
  await whileHeld(async () => {
    expect(await at('bench-unfinished').textContent()).toMatch(/Unfinished: [0-2] of 3 runs complete/);
    expect(await partial.locator('svg .result-row').count()).toBe(3);
    // Another result meanwhile, and back; what is hidden stays so when the whole result comes.
    await at('bench-result-1').click();
    await at('bench-result').waitFor();
    await at('bench-result-running').click();
    await partial.getByRole('button', { name: 'TCP: in the plot' }).click();
  });
  await untilIdle();
  const result = at('bench-result');
  await until(async () => expect(await result.getByTestId('bench-unfinished').count()).toBe(0));
  await until(async () => expect(await result.locator('svg .result-row').count()).toBe(2));
  const names = (texts: string[]) => texts.map((text) => text.replace(/\d of \d rounds/, ''));
  expect(names(await result.locator('.run-table th[scope="row"]').allTextContents())).toEqual(names(order));
  await at('bench-result-1').click();
});

test('the result is saved as JSON, CSV, .hgrm, HTML, SVG and PNG', async () => {
  await page('Benchmark');
  const result = benchResultSchema.parse(JSON.parse((await save('json', join(folder, 'first.json'))).toString()));
  expect(result.runs.map(({ method, cycles, lost }) => [method, cycles, lost])).toEqual([
    ['unix-stream', 500, 0],
    ['fifo', 500, 0],
  ]);
  const rows = (await save('csv', join(folder, 'first.csv'))).toString().trimEnd().split('\r\n');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatch(/^method,route,size,.*p50_ns/);
  const svg = (await save('svg', join(folder, 'first.svg'))).toString();
  const parsed = await app.shell.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { root: documentElement.localName, text: documentElement.textContent };
  }, svg);
  expect(parsed.root).toBe('svg');
  for (const words of ['Bulkhead benchmark', 'Named pipe', 'Unix stream', 'Round trip'])
    expect(parsed.text).toContain(words);
  const html = (await save('html', join(folder, 'first.html'))).toString();
  expect(html).toContain('Unix stream');
  const png = await save('png', join(folder, 'first.png'));
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(png.readUInt32BE(16)).toBe(2400);
  // One file for each run, in a folder.
  const distributions = ownedFolder(folder, 'hgrm');
  await chooseToOpen(distributions);
  await at('bench-save-hgrm').click();
  await until(async () => expect(await at('status').textContent()).toContain(`Saved ${distributions}`));
  expect(readdirSync(distributions).toSorted()).toEqual(['fifo-64-free.hgrm', 'unix-stream-64-free.hgrm']);
  expect(readFileSync(join(distributions, 'fifo-64-free.hgrm'), 'utf8')).toMatch(/^ +Value +Percentile/);
  // What is there already is not overwritten.
  await at('bench-save-hgrm').click();
  await until(async () => expect(await at('status').textContent()).toContain('already. Choose another folder.'));
  await chooseToSave('/forbidden.csv');
  await at('bench-save-csv').click();
  await until(async () => expect(await at('status').textContent()).toContain('may not write there'));
});

test('a wrong number is refused beside its field, nothing is run and nothing typed is lost', async () => {
  await page('Benchmark');
  await at('bench-cycles').fill('lots');
  await at('bench-sizes').fill('64, huge');
  await at('bench-start').click();
  expect(await at('bench-run').getAttribute('data-kind')).toBe('idle');
  expect(await at('bench-methods').locator('xpath=..').textContent()).toContain('A whole number, 1 to 5,000,000');
  expect(await app.shell.getByText('“huge” is no size').count()).toBe(2);
  expect(await at('bench-run').textContent()).toMatch(/Payload: “huge” is no size\..* Also Cycles\./);
  await page('Live');
  await page('Benchmark');
  expect(await at('bench-cycles').inputValue()).toBe('lots');
  expect(await at('bench-sizes').inputValue()).toBe('64, huge');
  await at('bench-sizes').fill('64 B');
});

test('Stop in the middle keeps what was measured, marked as interrupted; the live channels go on beside it when asked to', async () => {
  await fill(['fifo', 'tcp'], 5_000_000);
  await at('bench-keep-live').check();
  const before = (await app.recording()).channels.map(({ totals }) => totals.answered);
  await at('bench-start').click();
  await untilRunning();
  await until(async () =>
    expect(Number(await at('bench-progress').locator('progress').getAttribute('value'))).toBeGreaterThan(0),
  );
  await until(async () =>
    (await app.recording()).channels.forEach(({ totals }, i) =>
      expect(totals.answered).toBeGreaterThan((before[i] ?? 0) + 10),
    ),
  );
  await at('bench-stop').click();
  await untilIdle();
  await until(async () => expect(await at('bench-result').textContent()).toContain('Interrupted'));
  await save('json', join(folder, 'stopped.json'));
  const { environment, runs } = readSaved(join(folder, 'stopped.json'));
  expect(environment.interrupted).toBe(true);
  expect(runs.map(({ method }) => method)).toHaveLength(1);
  expect(runs[0]?.detail?.samples).toBeGreaterThan(0);
  await at('bench-keep-live').uncheck();
});

test('two saved results side by side', async () => {
  await page('Benchmark');
  await chooseToOpen(join(folder, 'first.json'), join(folder, 'stopped.json'));
  await at('bench-open').click();
  const comparison = at('bench-comparison');
  await comparison.waitFor();
  await until(async () => expect(await comparison.textContent()).toMatch(/first\.json[^]*stopped\.json/));
  // And one of this session with another.
  await at('bench-result-1').click();
  await at('bench-compare').selectOption({ label: 'stopped.json' });
  await comparison.waitFor();
  await at('bench-swap').click();
  await until(async () => expect(await at('bench-compare').inputValue()).toBe('1'));
});

test('a file that is no result is refused in words', async () => {
  await page('Benchmark');
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, '{"format":"bulkhead-recording","version":1}', { mode: 0o644 });
  await chooseToOpen(wrong);
  await at('bench-open').click();
  await until(async () => expect(await at('status').textContent()).toContain('a recording of the live view'));
});

test('the benchmark killed from outside: said, nothing of it left, and the laboratory is unharmed', async () => {
  const [pid, ...children] = (await startLongRun()) as [number, ...number[]];
  process.kill(pid, 'SIGKILL');
  await at('bench-failure').waitFor();
  expect(await at('bench-failure').textContent()).toMatch(
    /killed from outside \(SIGKILL\).*The laboratory is unharmed/,
  );
  await until(() => expect(children.filter(isRunning)).toEqual([]));
  expect(readdirSync(join(app.home, 't')).filter((name) => name.startsWith(`bulkhead-run-${pid}-`))).toEqual([]);
  await page('Live');
  await app.untilMeasuring(9);
  await app.untilNothingLost();
});

test('a result is kept with the name and note that it is given', async () => {
  await page('Benchmark');
  await at('bench-result-1').click();
  await at('bench-name').fill('Two pipes');
  await at('bench-note').fill('on a quiet machine');
  await at('bench-note').press('Enter');
  await until(async () => expect(await at('bench-result-1').textContent()).toContain('Two pipes'));
  expect(keptFiles().length).toBeGreaterThan(1);
});

test('an application that is killed in the middle of a run takes the benchmark along', async () => {
  const processes = await startLongRun();
  const own = `bulkhead-run-${app.pid}-`;
  process.kill(app.pid, 'SIGKILL');
  await until(() => expect([...processes.filter(isRunning), ...processesMentioning(app.home)]).toEqual([]));
  // The killed application's own directory alone is left, to the next start.
  const left = app.temporaryFiles().filter((name) => name.startsWith('bulkhead'));
  expect(left.filter((name) => !name.startsWith(own))).toEqual([]);
});

test('killed or not, the next start has the results again, until they are deleted; what is broken is told', async () => {
  const kept = keptFiles();
  const broken = join(app.home, 'profile', 'results', '2020-broken.json');
  writeFileSync(broken, '{"version":1', { mode: 0o644 });
  app = await AppUnderTest.launch({ home: app.home });
  await page('Benchmark');
  await app.shell.getByText(/2020-broken\.json was not opened: it is no JSON/).waitFor();
  const chip = app.shell.getByRole('button', { name: 'Two pipes', exact: true });
  await chip.click();
  await until(async () => expect(await at('bench-result').textContent()).toMatch(/Named pipe[^]*Unix stream/));
  expect(await at('bench-note').inputValue()).toBe('on a quiet machine');
  // “No” to the first question, and then “yes”.
  await app.electron.evaluate(({ dialog }) => {
    const answers = [1, 0];
    const asked = Object.assign(globalThis, { asked: 0 });
    dialog.showMessageBox = () => {
      asked.asked += 1;
      return Promise.resolve({ response: answers.shift() ?? 1, checkboxChecked: false });
    };
  });
  const asked = () => app.electron.evaluate(() => (globalThis as unknown as { asked: number }).asked);
  const remove = app.shell.getByRole('button', { name: 'Delete Two pipes' });
  await remove.click();
  await until(async () => expect(await asked()).toBe(1));
  expect(keptFiles()).toHaveLength(kept.length + 1);
  await remove.click();
  await chip.waitFor({ state: 'detached' });
  expect(keptFiles()).toHaveLength(kept.length);
  expect(readFileSync(broken, 'utf8')).toBe('{"version":1');
  await app.close();
});

test('closing the window in the middle of a run leaves no process, no socket and no file', async () => {
  app = await launchMeasuring();
  const processes = await startLongRun();
  await app.close();
  await until(() => expect([...processes.filter(isRunning), ...processesMentioning(app.home)]).toEqual([]));
  expect(app.temporaryFiles()).toEqual([]);
});

function keptFiles(): string[] {
  return readdirSync(join(app.home, 'profile', 'results'));
}

/** Resolves to the pids of the benchmark. */
async function startLongRun(): Promise<number[]> {
  await fill(['fifo', 'tcp'], 5_000_000);
  await at('bench-start').click();
  await until(async () => expect(await at('bench-progress').textContent()).toContain('Round 1'));
  const pid = benchPid();
  expect(pid).toBeDefined();
  const children = descendantsOf(pid as number);
  expect(children.length).toBeGreaterThan(0);
  return [pid as number, ...children];
}
