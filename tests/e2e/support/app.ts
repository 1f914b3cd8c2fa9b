import { existsSync, mkdirSync, readdirSync, readFileSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect, inject, vi } from 'vitest';
import { launchPlan } from '../../../scripts/launch/plan.mjs';
import type { ExportFormat } from '../../../src/shared/export-formats';
import type { RequestArgs, RequestName, RequestResults } from '../../../src/shared/ipc-contract';
import { recordingSchema, type Recording } from '../../../src/shared/recording/schema';
import { makeHome } from './stage';

/** The shell's API as a page evaluates it: unchecked, so that a test can also ask for what is wrong. */
interface LooseApi {
  request(name: string, ...args: unknown[]): Promise<unknown>;
}

export interface LaunchSettings {
  rate?: number;
  payloadBytes?: number;
  /** The folder of an earlier launch, to start in the same place. */
  home?: string;
  /** As on a supported runtime, where remote pages open. */
  supported?: boolean;
  /** A copy of the application rather than the one that all tests share. */
  root?: string;
}

/**
 * So long anything is waited for at most. It is generous and decides nothing else: beside ten busy processes on two cores
 * a start that does not hang takes half a minute until all channels measure.
 */
const PATIENCE_MS = 60_000;

/** One running application and what a test asks of it. */
export class AppUnderTest {
  readonly electron: ElectronApplication;
  readonly shell: Page;
  /** TMPDIR, HOME and profile of this application: nothing but the profile may be left in it. */
  readonly home: string;
  readonly pid: number;

  private constructor(electron: ElectronApplication, shell: Page, home: string, pid: number) {
    this.electron = electron;
    this.shell = shell;
    this.home = home;
    this.pid = pid;
  }

  static async launch({
    rate,
    payloadBytes,
    home = makeHome(inject('stage')),
    supported,
    root,
  }: LaunchSettings = {}): Promise<AppUnderTest> {
    const electron = await _electron.launch({
      ...launchArguments(home, { rate: rate ?? null, payloadBytes: payloadBytes ?? null, supported, root }),
      // Light or dark as the application says; Playwright would have it light.
      colorScheme: null,
      timeout: PATIENCE_MS,
    });
    try {
      const shell = await electron.firstWindow({ timeout: PATIENCE_MS });
      shell.setDefaultTimeout(PATIENCE_MS);
      // Whichever page was shown last.
      await shell.locator('[data-testid="chart"], [data-testid="bench-page"]').first().waitFor();
      return new AppUnderTest(electron, shell, home, await electron.evaluate(() => process.pid));
    } catch (error) {
      // Nobody else could close it, and it would go on beside all further tests.
      electron.process().kill('SIGKILL');
      throw error;
    }
  }

  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<RequestResults[N]> {
    return this.shell.evaluate(
      ([requestName, requestArgs]) =>
        (globalThis as unknown as { bulkhead: LooseApi }).bulkhead.request(requestName, ...requestArgs),
      [name, args as unknown[]] as const,
    ) as Promise<RequestResults[N]>;
  }

  /** Opens a tab and waits until the shell shows it in front. Resolves to its id. */
  async openTab(address: string): Promise<number> {
    // Not just another one than before: a tab that is only being closed makes way for its neighbour.
    const last = Math.max(0, ...(await this.#tabIds('[role="tab"]')));
    expect(await this.request('tab:open', address)).toEqual({ ok: true });
    let id = 0;
    await until(async () => {
      [id = 0] = await this.#tabIds('[role="tab"][aria-selected="true"]');
      expect(id).toBeGreaterThan(last);
    });
    return id;
  }

  #tabIds(selector: string): Promise<number[]> {
    return this.shell
      .locator(`${selector}[data-testid^="tab-"]`)
      .evaluateAll((tabs) => tabs.map((tab) => Number(tab.getAttribute('data-testid')?.slice('tab-'.length))));
  }

  /** Waits until what the window's page has been told so far has been drawn. */
  untilDrawn(): Promise<void> {
    return this.shell.evaluate(
      () =>
        new Promise<void>((done) => {
          const { requestAnimationFrame } = globalThis as unknown as { requestAnimationFrame(then: () => void): void };
          requestAnimationFrame(() => requestAnimationFrame(() => done()));
        }),
    );
  }

  card(processId: string) {
    return this.shell.getByTestId(`process-${processId}`);
  }

  async press(processId: string, action: string): Promise<void> {
    await this.card(processId).getByTestId(`act-${action}`).click();
  }

  state(processId: string): Promise<string | null> {
    return this.card(processId).getAttribute('data-state');
  }

  async processPid(processId: string): Promise<number | null> {
    const pid = await this.card(processId).getAttribute('data-pid');
    return pid === null || pid === '' ? null : Number(pid);
  }

  async untilState(processId: string, state: string): Promise<void> {
    await until(async () => expect(await this.state(processId), processId).toBe(state));
  }

  /** Waits until another process than that of this pid runs in its place. Resolves to its pid. */
  async untilAnother(processId: string, before: number | null): Promise<number> {
    let pid: number | null = null;
    await until(async () => {
      pid = await this.processPid(processId);
      expect([null, before], processId).not.toContain(pid);
      expect(await this.state(processId), processId).toBe('running');
    });
    return pid as unknown as number;
  }

  /** Waits until every channel is measuring. */
  async untilMeasuring(count: number): Promise<void> {
    const measuring = this.shell.locator('[data-testid^="channel-"][data-status="measuring"]');
    await until(async () => expect(await measuring.count(), 'channels measuring').toBe(count));
  }

  /** The latest verdict is final, and this is its text. */
  async finalVerdict(about: string): Promise<string> {
    const verdict = this.shell.getByTestId('verdict');
    await until(async () =>
      expect(`${await verdict.getAttribute('data-status')} ${await verdict.textContent()}`).toMatch(
        new RegExp(`^final .*${about}`),
      ),
    );
    return (await verdict.textContent()) ?? '';
  }

  /** Exports as a person does from the menu or the dialog, with the save dialog answered. Without the file's number. */
  async exportTo(path: string, format: ExportFormat): Promise<object> {
    await this.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    const { file: _, ...outcome } = { file: null, ...(await this.request('recording:export', format)) };
    return outcome;
  }

  /** The recording as it stands, through the JSON export. */
  async recording(): Promise<Recording> {
    const path = join(this.home, `recording-${Date.now()}.json`);
    expect(await this.exportTo(path, 'json')).toEqual({ status: 'saved', path });
    return recordingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  }

  /**
   * Waits until every ping that counts as lost has been answered late: nothing was lost on the way. On a busy machine an
   * answer may take longer than the time limit, datagrams' above all: their package reads one at each wake-up, and after
   * a stall works off what has gathered for seconds.
   */
  untilNothingLost(read: () => Promise<Recording> = () => this.recording()): Promise<void> {
    return until(async () => {
      const { channels } = await read();
      expect(
        channels.filter(({ totals }) => totals.lost > totals.late).map(({ id, totals }) => ({ id, totals })),
      ).toEqual([]);
    });
  }

  /** Closes the window, as a person does. Resolves when the browser process is gone. */
  async close(): Promise<void> {
    if (this.#gone()) return;
    const gone = new Promise((resolve) => this.electron.process().once('exit', resolve));
    await this.electron.evaluate(({ BrowserWindow }) => setImmediate(() => BrowserWindow.getAllWindows()[0]?.close()));
    await gone;
  }

  #gone(): boolean {
    try {
      const { exitCode, signalCode } = this.electron.process();
      return exitCode !== null || signalCode !== null;
    } catch {
      // Playwright forgets the process once its connection is closed.
      return true;
    }
  }

  /** Files in the temporary folder: sockets, FIFOs, what Chromium itself makes. */
  temporaryFiles(): string[] {
    return readdirSync(join(this.home, 't'));
  }
}

/** An application that measures all nine channels of a fresh start. */
export async function launchMeasuring(settings?: LaunchSettings): Promise<AppUnderTest> {
  const app = await AppUnderTest.launch(settings);
  await app.untilMeasuring(9);
  return app;
}

/** A folder that the application's user may write to. */
export function ownedFolder(home: string, name: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  if (process.getuid?.() === 0) chownSync(folder, inject('stage').uid, inject('stage').uid);
  return folder;
}

/** Tries until `check` doesn't throw any more. */
export function until(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: 100 });
}

/** What Playwright needs to start the application the way `bin/bulkhead` does. */
export function launchArguments(
  home: string,
  {
    rate = null,
    payloadBytes = null,
    supported = inject('stage').runtimeOrigin.supported,
    root = inject('stage').root,
  }: {
    rate?: number | null;
    payloadBytes?: number | null;
    supported?: boolean | undefined;
    root?: string | undefined;
  } = {},
) {
  const stage = inject('stage');
  const temporary = join(home, 't');
  if (!existsSync(temporary)) ownedFolder(home, 't');
  const plan = launchPlan({
    root,
    options: {
      headless: true,
      durationS: null,
      exportDir: null,
      rate,
      payloadBytes,
      profileDir: join(home, 'profile'),
    },
    runtime: { ...stage.runtimeOrigin, supported, dir: '', executable: stage.executable } as Parameters<
      typeof launchPlan
    >[0]['runtime'],
    addons: stage.addons,
    uid: stage.uid,
    env: {
      ...process.env,
      HOME: home,
      TMPDIR: temporary,
      XDG_RUNTIME_DIR: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
    },
  });
  // Without chromiumSandbox Playwright itself would switch the sandbox off.
  return {
    executablePath: plan.executable,
    args: plan.args,
    env: plan.env as Record<string, string>,
    cwd: home,
    chromiumSandbox: true,
  };
}
