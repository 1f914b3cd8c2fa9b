import { accessSync, constants } from 'node:fs';
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

/** A port of the loopback interface that nobody has at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
