import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Nanoseconds of the machine's monotonic clock, which all its processes share; exact for the first 104 days after boot. */
export function nowNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}

/** Names that clock: differs between machines, and from one boot to the next. */
export const CLOCK_ID = clockId();

function clockId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return (
      hostname()
        .replaceAll(/[^A-Za-z0-9]/g, '-')
        .slice(0, 64) || 'this-machine'
    );
  }
}
