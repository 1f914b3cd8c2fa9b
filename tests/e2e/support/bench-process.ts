import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { parseCommand } from '../../../scripts/launch/options.mjs';
import { launchPlan } from '../../../scripts/launch/plan.mjs';
import { ownedFolder } from './app';
import { makeHome } from './stage';

/** The benchmark's browser process itself, as an ordinary user and so with Chromium's sandbox, whoever runs the tests. */
export class BenchProcess {
  readonly child: ChildProcess;
  readonly home: string;
  out = '';
  err = '';
  readonly ended: Promise<number | null>;

  /** @param args of `bulkhead bench`. */
  constructor(...args: string[]) {
    const stage = inject('stage');
    this.home = makeHome(stage);
    const temporary = ownedFolder(this.home, 't');
    const { request, output } = parseCommand(['bench', ...args], this.home) as unknown as {
      request: object;
      output: object;
    };
    const plan = launchPlan({
      root: stage.root,
      options: { headless: true, command: 'bench', bench: { request, output: { ...output, progress: 'lines' } } },
      runtime: { ...stage.runtimeOrigin, dir: '', executable: stage.executable } as Parameters<
        typeof launchPlan
      >[0]['runtime'],
      addons: stage.addons,
      uid: stage.uid,
      env: {
        ...process.env,
        HOME: this.home,
        TMPDIR: temporary,
        XDG_CONFIG_HOME: join(this.home, 'c'),
        XDG_CACHE_HOME: join(this.home, 'c'),
      },
    });
    this.child = spawn(plan.executable, plan.args, {
      cwd: this.home,
      env: plan.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = new Promise((done) => this.child.once('close', done));
  }

  /** Of the browser process. */
  get pid(): number {
    return this.child.pid as number;
  }
}
