import { expect, test } from 'vitest';
import { parseCpuList, planPlacement } from './placement';

/** A machine: the CPUs that this process may use, and the core of each. */
function machine(allowed: string, cores: Record<number, number> = {}) {
  return (path: string) => {
    if (path === '/proc/self/status') return `Name:\tbulkhead\nCpus_allowed_list:\t${allowed}\n`;
    const cpu = Number(/cpu(\d+)\/topology/.exec(path)?.[1]);
    if (cores[cpu] === undefined) return null;
    return path.endsWith('core_id') ? `${cores[cpu]}\n` : '0\n';
  };
}

test('free leaves the CPUs alone, on every system', () => {
  expect(planPlacement('free', 'darwin', () => null)).toEqual({ cpus: null });
});

test('same-core puts both on one CPU', () => {
  expect(planPlacement('same-core', 'linux', machine('0-3'))).toEqual({ cpus: { pinger: [3], answerer: [3] } });
});

test('cross-core takes two cores, not two threads of one', () => {
  expect(planPlacement('cross-core', 'linux', machine('0-3', { 0: 0, 1: 1, 2: 0, 3: 1 }))).toEqual({
    cpus: { pinger: [3], answerer: [2] },
  });
  expect(planPlacement('cross-core', 'linux', machine('0-3', { 0: 0, 1: 0, 2: 1, 3: 1 }))).toEqual({
    cpus: { pinger: [3], answerer: [1] },
  });
});

test('where the cores are not known two CPUs will do', () => {
  expect(planPlacement('cross-core', 'linux', machine('2,5'))).toEqual({ cpus: { pinger: [5], answerer: [2] } });
});

test.each([
  ['cross-core', 'linux', machine('3'), 'one only'],
  ['cross-core', 'linux', machine('0,1', { 0: 0, 1: 0 }), 'threads of one'],
  ['same-core', 'linux', () => null, 'could not be read'],
  ['same-core', 'darwin', machine('0-3'), 'Linux only'],
] as const)('%s on %s is refused with a reason', (placement, platform, read, words) => {
  expect(planPlacement(placement, platform, read)).toEqual({ reason: expect.stringContaining(words) });
});

test('lists of CPUs', () => {
  expect(parseCpuList('0-2,4, 7-8')).toEqual([0, 1, 2, 4, 7, 8]);
  expect(parseCpuList('')).toEqual([]);
});
