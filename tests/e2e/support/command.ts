import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { inject } from 'vitest';
import { ownedFolder } from './app';
import { makeHome } from './stage';

const BULKHEAD = resolve(import.meta.dirname, '../../../bin/bulkhead');

/** `bin/bulkhead` as a person runs it, with a home and a temporary folder of its own. */
export class CommandUnderTest {
  readonly child: ChildProcess;
  /** The folder that it runs in; its environment names it, so its processes can be found by it. */
  readonly home: string;
  out = '';
  err = '';
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;

  private constructor(args: readonly string[], home: string, wrapper: readonly string[] = []) {
    this.home = home;
    const temporary = join(home, 't');
    if (!existsSync(temporary)) ownedFolder(home, 't');
    const [file, ...rest] = [...wrapper, process.execPath, BULKHEAD, ...args];
    this.child = spawn(file as string, rest, {
      cwd: home,
      env: {
        ...process.env,
        HOME: home,
        TMPDIR: temporary,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        DISPLAY: '',
        WAYLAND_DISPLAY: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = new Promise((done) =>
      this.child.once('close', (code) => done({ code, out: this.out, err: this.err })),
    );
  }

  static start(...args: string[]): CommandUnderTest {
    return new CommandUnderTest(args, makeHome(inject('stage')));
  }

  /** With its standard output to a file or a device. */
  static startInto(path: string, ...args: string[]): CommandUnderTest {
    return new CommandUnderTest(args, makeHome(inject('stage')), ['sh', '-c', `exec "$@" > '${path}'`, 'sh']);
  }

  /** As an ordinary user has it, also when root runs the tests. */
  static startWithoutRawSockets(...args: string[]): CommandUnderTest {
    const wrapper = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-net_raw', '--inh-caps=-net_raw', '--'] : [];
    return new CommandUnderTest(args, makeHome(inject('stage')), wrapper);
  }

  /** Another command in the same folder, as in a second terminal. */
  beside(...args: string[]): CommandUnderTest {
    return new CommandUnderTest(args, this.home);
  }
}
