import { spawn } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { linuxSystem } from './own-system';
import { type OwnedProcess, ProcessRegistry } from './process-registry';
import { ProcessTree } from './process-tree';

// Elsewhere than on Linux Electron is asked.
vi.mock('electron', () => ({}));

const ends: Array<() => void> = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A shell with a child, in a process group of its own. */
function start(): number {
  const child = spawn('/bin/sh', ['-c', 'sleep 1000 & wait'], { detached: true, stdio: 'ignore' });
  const pid = child.pid as number;
  ends.push(() => process.kill(-pid, 'SIGKILL'));
  return pid;
}
const names = (all: readonly OwnedProcess[]) => all.map(({ kind, name }) => `${kind} ${name}`).toSorted();

test.runIf(process.platform === 'linux')(
  'real processes: the children of one that was entered are of its kind',
  async () => {
    const registry = new ProcessRegistry(linuxSystem(new ProcessTree(), process.pid));
    const pid = start();
    await vi.waitFor(
      () => expect(names(registry.all())).toEqual(expect.arrayContaining(['other sh', 'other sleep'])),
      20_000,
    );
    const entry = registry.enter({ pid, kind: 'benchmark', name: 'Benchmark', isChild: true });
    const another = new ProcessRegistry(linuxSystem(new ProcessTree(), process.pid));
    another.enter({ pid, kind: 'benchmark', name: 'Benchmark', isChild: true });
    expect(names(another.all())).toEqual(['benchmark Benchmark', 'benchmark sleep']);
    expect(registry.signal(pid, 'SIGKILL')).toBe(true);
    await vi.waitFor(() => expect(registry.isGone(entry)).toBe(true), 20_000);
    // Its leader is dead, its parent another: the group is still ours, and is ended as one.
    expect(names(another.all())).toEqual(['benchmark Benchmark', 'benchmark sleep']);
    expect(registry.signalGroup(entry, 'SIGKILL')).toBe(true);
    await vi.waitFor(() => expect(names(another.all())).toEqual(['benchmark Benchmark']), 20_000);
    ends.length = 0;
  },
);
