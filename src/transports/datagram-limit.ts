import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The largest datagram that the system lets a socket send. It is a setting, not a constant: Linux takes about 208 KiB over
 * a Unix socket, macOS 2 KiB, and over UDP 9 KiB.
 */

export type DatagramFamily = 'unix' | 'udp';

export interface System {
  platform: NodeJS.Platform;
  /** @throws Error when it isn't there. */
  read: (path: string) => string;
  sysctl: (name: string) => string;
}

/** unix_dgram_sendmsg keeps 32 bytes of the send buffer for itself. */
const LINUX_RESERVE_BYTES = 32;

const thisSystem: System = {
  platform: process.platform,
  read: (path) => readFileSync(path, 'utf8'),
  sysctl: (name) => execFileSync('sysctl', ['-n', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
};

/** `atMost`, bytes, or what the system allows where that is less. What the system doesn't say doesn't count. */
export function datagramLimitBytes(family: DatagramFamily, atMost: number, system: System = thisSystem): number {
  try {
    const allowed = allowedBytes(family, system);
    return Number.isSafeInteger(allowed) && allowed > 0 ? Math.min(atMost, allowed) : atMost;
  } catch {
    return atMost;
  }
}

function allowedBytes(family: DatagramFamily, { platform, read, sysctl }: System): number {
  switch (platform) {
    case 'linux':
      // UDP datagrams are not held to the send buffer.
      return family === 'unix'
        ? Number(read('/proc/sys/net/core/wmem_default')) - LINUX_RESERVE_BYTES
        : Number.MAX_SAFE_INTEGER;
    case 'darwin':
    case 'freebsd':
      return Number(sysctl(family === 'unix' ? 'net.local.dgram.maxdgram' : 'net.inet.udp.maxdgram'));
    default:
      return Number.MAX_SAFE_INTEGER;
  }
}
