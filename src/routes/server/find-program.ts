import { randomInt } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Where Debian keeps servers isn't always on an ordinary user's path. */
const ALSO = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The full path of a program, or null. */
export function findProgram(name: string, folders = pathFolders()): string | null {
  return folders.map((folder) => join(folder, name)).find(executable) ?? null;
}

function pathFolders(): string[] {
  return [...(process.env['PATH'] ?? '').split(':').filter((folder) => folder !== ''), ...ALSO];
}

export function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A port of the loopback interface that nobody listens on, for a server that has to be told one, also for its next start.
 * Not one of those that the kernel gives to outgoing connections: any of them may be taken before the server is there.
 */
export async function freePort(): Promise<number> {
  const first = firstEphemeralPort();
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const port = first - 1 - randomInt(PORTS_BELOW);
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
  throw new Error('No port of the loopback interface is free. End what holds them, and try again.');
}

const PORT_ATTEMPTS = 200;
const PORTS_BELOW = 10_000;
/** Two servers of one process never get the same. */
const given = new Set<number>();

function firstEphemeralPort(): number {
  const usual = 32_768;
  try {
    const [first] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/);
    // A range that begins low leaves no room below.
    return Number(first) > PORTS_BELOW + 1024 ? Number(first) : usual;
  } catch {
    return usual;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
