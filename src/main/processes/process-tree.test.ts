import { beforeEach, expect, test } from 'vitest';
import { ProcessTree } from './process-tree';

let table: Map<number, { state: string; parent: number; group: number; start: number }>;
let read: number[];
let tree: ProcessTree;
beforeEach(() => {
  table = new Map();
  read = [];
  tree = new ProcessTree({
    pids: () => [...table.keys()],
    stat(pid) {
      read.push(pid);
      const process = table.get(pid);
      if (process === undefined) return null;
      const { state, parent, group, start } = process;
      return `${pid} (a) b) ${state} ${parent} ${group} ${Array(16).fill('0').join(' ')} ${start} 0`;
    },
  });
});

function add(pid: number, parent: number, { state = 'S', group = 1, start = pid * 10 } = {}): void {
  table.set(pid, { state, parent, group, start });
}
const pids = (groups: number[] = []) => tree.descendants(100, new Set(groups)).map(({ pid }) => pid);

test('children and their children, whatever the order of their pids; nobody else', () => {
  add(100, 1);
  add(50, 102);
  add(102, 100);
  add(200, 1);
  expect(pids()).toEqual([102, 50]);
});

test('a zombie is not listed', () => {
  add(100, 1);
  add(101, 100, { state: 'Z' });
  expect(pids()).toEqual([]);
});

test('a member of a group of ours whose parent has died is ours', () => {
  add(100, 1);
  add(300, 1, { group: 299 });
  expect(pids()).toEqual([]);
  expect(pids([299])).toEqual([300]);
});

test('what was there before and is nobody of ours costs no more files', () => {
  add(100, 1);
  for (let pid = 200; pid < 260; pid += 1) add(pid, 1);
  pids();
  read = [];
  add(101, 100);
  expect(pids()).toEqual([101]);
  expect(read.every((pid) => pid === 101)).toBe(true);
});

test('a pid that has become another process is looked at anew', () => {
  add(100, 1);
  add(101, 100);
  expect(pids()).toEqual([101]);
  add(101, 1, { start: 9999 });
  expect(pids()).toEqual([]);
  expect(pids()).toEqual([]);
});
