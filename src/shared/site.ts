import { parse } from 'tldts';
import { hostOf } from './address';

/**
 * The site of a URL: scheme and registrable domain (eTLD+1) by the public suffix list, private suffixes included,
 * as Chromium does it. An IP address or a single-label host is its own site. Null when the URL has no host.
 */
export function siteOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol } = new URL(url);
  const host = hostOf(url);
  if (host === '') return null;
  const { domain } = parse(host, { allowPrivateDomains: true });
  return `${protocol}//${domain ?? host}`;
}

/** Short name of a site for labels: `https://example.co.uk` → `example.co.uk`. */
export function siteName(site: string): string {
  return site.replace(/^[a-z][a-z0-9+.-]*:\/\//, '');
}
