import type { Session } from 'electron';
import { join } from 'node:path';
import { BUILT_IN_HOSTS, hostOf } from '../shared/address';
import { siteName, siteOf } from '../shared/site';
import { isAsset, serveFile } from './scheme';

// Without allow-modals no page prints, and none asks anything in a dialog.
const SITE_POLICY =
  "sandbox allow-same-origin allow-scripts allow-popups; default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the built-in sites to the sites' session: one page for all, which says who it is by its host. */
export function serveSites(session: Session, rendererDirectory: string): void {
  session.protocol.handle('bulkhead', (request) => {
    const { pathname } = new URL(request.url);
    if (isAsset(pathname)) return serveFile(join(rendererDirectory, pathname), SITE_POLICY);
    return isBuiltIn(request.url)
      ? serveFile(join(rendererDirectory, 'site/index.html'), SITE_POLICY)
      : serveFile(join(rendererDirectory, 'site/not-found.html'), SITE_POLICY, 404);
  });
}

function isBuiltIn(url: string): boolean {
  const site = siteOf(`bulkhead://${hostOf(url)}`);
  return site !== null && (BUILT_IN_HOSTS as readonly string[]).includes(siteName(site));
}
