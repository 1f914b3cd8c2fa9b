import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inject } from 'vitest';

/** One program of a route as a real process, and what it reports. */

export type Report = { type: string } & Record<string, unknown>;

const running = new Set<ProgramProcess>();

export class ProgramProcess {
  readonly child: ChildProcess;
  readonly reports: Report[] = [];
  readonly ended: Promise<number | null>;
  stderr = '';

  constructor(name: string, settings: object) {
    this.child = fork(join(inject('programs'), `${name}.js`), [JSON.stringify(settings)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    running.add(this);
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.child.on('message', (report: Report) => {
      this.reports.push(report);
      this.child.emit('report', report);
    });
    this.ended = once(this.child, 'exit').then(([code]) => {
      running.delete(this);
      return code as number | null;
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** The first report, from now on or earlier, for which this holds. Rejects with its last words when it ends before. */
  async report(holds: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const found = this.reports.find(holds);
      if (found !== undefined) return found;
      const over = await Promise.race([once(this.child, 'report').then(() => false), this.ended.then(() => true)]);
      if (over && !this.reports.some(holds)) throw new Error(`The program ended: ${this.stderr}`);
    }
  }

  /** The first report after this call for which this holds. */
  async next(holds: (report: Report) => boolean): Promise<Report> {
    const seen = this.reports.length;
    return this.report((report) => this.reports.indexOf(report, seen) >= 0 && holds(report));
  }

  async url(): Promise<string> {
    return (await this.report(({ type }) => type === 'ready'))['url'] as string;
  }

  async stop(): Promise<number | null> {
    if (this.child.connected) this.child.send({ type: 'stop' });
    return this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export async function endAll(): Promise<void> {
  const all = [...running];
  for (const { child } of all) {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
  }
  const timer = setTimeout(() => all.forEach(({ child }) => child.kill('SIGKILL')), 20_000);
  await Promise.all(all.map(({ ended }) => ended));
  clearTimeout(timer);
}
