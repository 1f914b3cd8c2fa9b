import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StderrTail } from '../../node/stderr-tail';
import { findProgram, freePort } from '../server/find-program';
import { HistoryTail } from './history-tail';
import { type LocustFailure, type LocustMoment, type LocustRow, readFailures, readHistory, readStats } from './tables';

/** Runs the real Locust, without its web page, and reads the tables that it writes. */

export interface LocustSettings {
  /** `deploy/locustfile.py` of this repository. */
  locustfile: string;
  /** Its tables and its report go there; the folder exists. */
  folder: string;
  /** Receivers, and the path by which each is named in the tables. */
  targets: ReadonlyArray<{ path: string; url: string }>;
  /** The file with the records. */
  file: string;
  users: number;
  /** Users a second. */
  spawnRate: number;
  waitMs: readonly [from: number, to: number];
  distribute: 'balance' | 'all';
  loop: boolean;
  /** Null: until all records are posted. */
  durationS: number | null;
  /** 0: one process does it alone. */
  workers: number;
  /** Names the run at the collector. */
  run: string;
  /** `searching` is slow as project 3's was, for comparison. */
  reader?: 'constant' | 'searching';
  /** Ends it early, in order, with its results. */
  signal?: AbortSignal;
  /** What its history says, about once a second, until it has ended. */
  onHistory?: (moments: LocustMoment[]) => void;
}

export interface LocustResult {
  /** One for each path that was posted to, and `Aggregated`. */
  rows: LocustRow[];
  history: LocustMoment[];
  failures: LocustFailure[];
  /** Locust's own tables and report. */
  files: { stats: string; history: string; failures: string; exceptions: string; html: string };
}

/** How a person gets it on Debian. */
export const LOCUST_INSTALL = 'sudo apt-get install -y --no-install-recommends python3-locust';
const PREFIX = 'locust';
/** Workers that take longer to come than this don't come. */
const WORKERS_TIMEOUT_S = 60;
/** After it was asked to end. */
const END_TIMEOUT_MS = 60_000;
const FOLLOW_EVERY_MS = 500;

export function findLocust(): { file: string } | { missing: string; install: string } {
  const file = findProgram('locust');
  return file === null ? { missing: 'Locust is not installed.', install: LOCUST_INSTALL } : { file };
}

/** Rejects, with Locust's last words, when it isn't there or ends without results. */
export async function runLocust(settings: LocustSettings): Promise<LocustResult> {
  const found = findLocust();
  if ('missing' in found) throw new Error(`${found.missing} Install it with: ${found.install}`);
  const { workers, folder, signal } = settings;
  const port = workers === 0 ? 0 : await freePort();
  const env = environmentOf(settings);
  const start = (args: string[]) => launch(found.file, ['-f', settings.locustfile, ...args], env, folder);
  const main = start(mainArguments(settings, port));
  const others = Array.from({ length: workers }, () =>
    start(['--worker', '--master-host', '127.0.0.1', '--master-port', String(port)]),
  );
  // A worker that ends before its time would be waited for, and its share not posted.
  let gone: Running | null = null;
  for (const other of others)
    void other.ended.then((code) => {
      // The master sends them home before it ends itself.
      if (main.over || code === 0) return;
      gone ??= other;
      main.child.kill('SIGTERM');
    });
  const stop = () => endInOrder(main);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  try {
    if (settings.onHistory !== undefined) await follow(main, folder, settings.onHistory);
    const exitCode = await main.ended;
    const failed = gone as Running | null;
    if (failed !== null) throw new Error(`A worker of Locust ended early. ${wordsOf(failed)}`);
    if (exitCode !== 0) throw new Error(`Locust ended with exit code ${exitCode}. ${wordsOf(main)}`);
    return await readTables(folder);
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(others.map(endWithMaster));
  }
}

/** Until it has ended. */
async function follow({ ended }: Running, folder: string, onHistory: (moments: LocustMoment[]) => void): Promise<void> {
  const tail = new HistoryTail(join(folder, `${PREFIX}_stats_history.csv`));
  const over = ended.then(() => true);
  while (!(await Promise.race([over, delay(FOLLOW_EVERY_MS, false)]))) onHistory(await tail.read());
}

function mainArguments({ users, spawnRate, workers, folder }: LocustSettings, port: number): string[] {
  const master =
    workers === 0
      ? []
      : [
          '--master',
          '--master-bind-host',
          '127.0.0.1',
          '--master-bind-port',
          String(port),
          '--expect-workers',
          String(workers),
          '--expect-workers-max-wait',
          String(WORKERS_TIMEOUT_S),
        ];
  return [
    ...master,
    '--headless',
    '--only-summary',
    '-u',
    String(users),
    '-r',
    String(spawnRate),
    '--csv',
    join(folder, PREFIX),
    '--csv-full-history',
    '--html',
    join(folder, `${PREFIX}.html`),
    // Failed posts are results, not a failure of Locust's.
    '--exit-code-on-error',
    '0',
  ];
}

function environmentOf(settings: LocustSettings): NodeJS.ProcessEnv {
  const { targets, file, distribute, loop, waitMs, durationS, run, reader = 'constant' } = settings;
  // A person's own settings of Locust would change what is asked here.
  const own = Object.entries(process.env).filter(([name]) => !/^(?:LOCUST_|BULKHEAD_|PYTHON)/.test(name));
  return {
    ...Object.fromEntries(own),
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    BULKHEAD_TARGETS: targets.map(({ path, url }) => `${path}=${url}`).join(' '),
    BULKHEAD_TRAFFIC: file,
    BULKHEAD_DISTRIBUTE: distribute,
    BULKHEAD_LOOP: loop ? '1' : '0',
    BULKHEAD_WAIT: waitMs.map((ms) => ms / 1_000).join(' '),
    BULKHEAD_RUN: run,
    BULKHEAD_READER: reader,
    ...(durationS === null ? {} : { BULKHEAD_DURATION: String(durationS) }),
  };
}

interface Running {
  child: ChildProcess;
  over: boolean;
  ended: Promise<number | null>;
  lastWords: StderrTail;
}

/** They end with this process, however it ends, where the system has `setpriv`. */
function launch(file: string, args: string[], env: NodeJS.ProcessEnv, cwd: string): Running {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  const line = setpriv === null ? [file, ...args] : [setpriv, '--pdeathsig', 'TERM', file, ...args];
  const child = spawn(line[0] as string, line.slice(1), { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const lastWords = new StderrTail();
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk: Buffer) => lastWords.take(chunk));
  const running: Running = {
    child,
    over: false,
    lastWords,
    ended: once(child, 'close').then(
      ([code]) => code as number | null,
      (error: Error) => {
        lastWords.take(Buffer.from(`${error.message}\n`));
        return null;
      },
    ),
  };
  void running.ended.then(() => (running.over = true));
  return running;
}

function endInOrder({ child, ended }: Running): void {
  child.kill('SIGUSR1');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
  void ended.then(() => clearTimeout(timer));
}

async function endWithMaster({ child, ended }: Running): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}

function wordsOf({ lastWords }: Running): string {
  return `Its last words:\n${lastWords.lines.join('\n')}`;
}

async function readTables(folder: string): Promise<LocustResult> {
  const named = (end: string) => join(folder, `${PREFIX}${end}`);
  const files = {
    stats: named('_stats.csv'),
    history: named('_stats_history.csv'),
    failures: named('_failures.csv'),
    exceptions: named('_exceptions.csv'),
    html: named('.html'),
  };
  const [stats, history, failures] = await Promise.all(
    [files.stats, files.history, files.failures].map((file) => readFile(file, 'utf8')),
  );
  return {
    rows: readStats(stats ?? ''),
    history: readHistory(history ?? ''),
    failures: readFailures(failures ?? ''),
    files,
  };
}
