import { protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The shell's own scheme and origin; served in the shell's session only. */
export const SHELL_ORIGIN = 'bulkhead-shell://app';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const SHELL_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Own schemes instead of file://: each gets an origin, so pages can't read files or one another. Before `ready`. */
export function registerSchemes(): void {
  // Compiled once, kept in the profile: from the second start on the window's script need not be compiled.
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: 'bulkhead-shell', privileges },
    { scheme: 'bulkhead', privileges },
  ]);
}

/**
 * Serves the shell's files to the shell's session. Its scripts wait for `answering`: from then on their requests are
 * answered.
 */
export function serveShell(session: Session, rendererDirectory: string, answering: Promise<unknown>): void {
  session.protocol.handle('bulkhead-shell', async (request) => {
    const url = new URL(request.url);
    const path = url.pathname === '/' ? '/shell/index.html' : url.pathname;
    const allowed = path === '/shell/index.html' || isAsset(path);
    if (!allowed || url.hostname !== 'app') return notFound(SHELL_POLICY);
    const file = serveFile(join(rendererDirectory, path), SHELL_POLICY);
    if (extname(path) === '.js') await answering;
    return file;
  });
}

/** Built files are all in one flat folder: no path with a slash or dots in it names one. */
export function isAsset(path: string): boolean {
  return /^\/assets\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(path) && extname(path) in TYPES;
}

export async function serveFile(path: string, policy: string, status = 200): Promise<Response> {
  try {
    return new Response(new Uint8Array(await readFile(path)), {
      status,
      headers: headers(TYPES[extname(path)] ?? 'application/octet-stream', policy),
    });
  } catch {
    return notFound(policy);
  }
}

function notFound(policy: string): Response {
  return new Response('Not found', { status: 404, headers: headers('text/plain', policy) });
}

function headers(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}
