import { readFileSync } from 'node:fs';
import type { Placement } from '../shared/bench/request';
import { words } from '../shared/messages/message';

/** The CPUs that each end is confined to. */
export interface CpuPair {
  pinger: number[];
  answerer: number[];
}

export type PlannedPlacement = { cpus: CpuPair | null } | { reason: string };

/** Reads a file of the kernel's, or null. */
type ReadText = (path: string) => string | null;

const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/**
 * Chooses CPUs among those that this process may use: the last of them, as the first serves most interrupts, and for
 * two cores two different ones rather than two threads of one.
 */
export function planPlacement(
  placement: Placement,
  platform: NodeJS.Platform = process.platform,
  read: ReadText = readText,
): PlannedPlacement {
  if (placement === 'free') return { cpus: null };
  if (platform !== 'linux') return { reason: words('placement.linux-only', { platform }) };
  const allowed = parseCpuList(/^Cpus_allowed_list:\s*(\S+)/m.exec(read('/proc/self/status') ?? '')?.[1] ?? '');
  const last = allowed.at(-1);
  if (last === undefined) return { reason: words('placement.unknown-cpus') };
  if (placement === 'same-core') return { cpus: { pinger: [last], answerer: [last] } };
  const core = (cpu: number) =>
    `${read(`/sys/devices/system/cpu/cpu${cpu}/topology/physical_package_id`)?.trim()}/${read(`/sys/devices/system/cpu/cpu${cpu}/topology/core_id`)?.trim()}`;
  const other = allowed.findLast(
    (cpu) => cpu !== last && (core(cpu) === 'undefined/undefined' || core(cpu) !== core(last)),
  );
  if (other !== undefined) return { cpus: { pinger: [last], answerer: [other] } };
  return {
    reason: allowed.length < 2 ? words('placement.one-core') : words('placement.threads-of-one', { cpus: allowed }),
  };
}

/** `0-2,4` → 0, 1, 2, 4. */
export function parseCpuList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (range === null) return [];
    const first = Number(range[1]);
    return Array.from({ length: Number(range[2] ?? first) - first + 1 }, (_, i) => first + i);
  });
}
