import { formatBytes, formatCount } from '../../../shared/format';
import type { OwnedKind, ProcessFigures, Unread } from '../../../shared/snapshot';

/** What a process is for, in one word. */
export const KIND_WORDS: Record<OwnedKind, string> = {
  browser: 'browser',
  shell: 'window',
  renderer: 'renderer',
  plugin: 'plugin',
  server: 'program',
  gpu: 'GPU',
  network: 'network',
  utility: 'utility',
  zygote: 'zygote',
  benchmark: 'benchmark',
  other: 'other',
};

export const UNREAD_WORDS: Record<Unread, string> = {
  system: 'Threads, descriptors and context switches can be read on Linux only.',
  permission: 'Who runs Bulkhead as an ordinary user may not look at the descriptors of a sandboxed process.',
};

export function cpuText(percent: number | null): string {
  return percent === null ? '–' : `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export function countText(count: number | null): string {
  return count === null ? '–' : formatCount(count);
}

/** All figures in lines, for under the pointer. */
export function figureLines(figures: ProcessFigures): string {
  const { memoryBytes, cpuPercent, threads, descriptors, switchesPerSecond: switches, unread } = figures;
  return [
    `Resident memory: ${formatBytes(memoryBytes)}`,
    `CPU: ${cpuText(cpuPercent)} of one core`,
    `Threads: ${countText(threads)}`,
    `Open descriptors: ${countText(descriptors)}`,
    `Context switches of the main thread: ${countText(switches?.voluntary ?? null)} voluntary, ${countText(switches?.involuntary ?? null)} involuntary a second`,
    ...(unread === null ? [] : [UNREAD_WORDS[unread]]),
  ].join('\n');
}
