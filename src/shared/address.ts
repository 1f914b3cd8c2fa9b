import { type Message, say } from './messages/message';

/** The hosts of Bulkhead's own pages, under `bulkhead://`. */
export const BUILT_IN_HOSTS = ['alpha.test', 'beta.test', 'gamma.test'] as const;

/** What is longer is neither opened nor shown. Chromium itself would take two million. */
export const MAX_ADDRESS_CHARS = 4096;
/** What a host can be in DNS. */
const MAX_HOST_CHARS = 253;

/** The host in lower case. WHATWG URLs of a scheme that isn't special keep their case. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

export type AddressVerdict =
  | { kind: 'built-in'; url: string }
  | { kind: 'remote'; url: string }
  | { kind: 'refused'; reason: Message };

/** What the address bar makes of what a person typed. `example.com` means `https://example.com/`. */
export function readAddress(input: string, remoteAllowed: boolean): AddressVerdict {
  if (input.length > MAX_ADDRESS_CHARS) return refused(say('address.too-long', { maxChars: MAX_ADDRESS_CHARS }));
  const typed = input.trim();
  if (typed === '') return refused(say('address.empty'));
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[^/]*:\d+(\/|$)/.test(typed) ? typed : guessScheme(typed);
  if (!URL.canParse(withScheme)) return refused(say('address.invalid', { typed }));
  const url = new URL(withScheme);
  // A WHATWG host may have characters that no name in DNS has.
  if (url.protocol === 'https:' && !/^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(url.hostname))
    return refused(say('address.invalid', { typed }));
  if (url.hostname.length > MAX_HOST_CHARS) return refused(say('address.host-too-long', { maxChars: MAX_HOST_CHARS }));
  if (url.protocol === 'bulkhead:') {
    const host = hostOf(withScheme);
    if (host === '') return refused(say('address.no-host'));
    return { kind: 'built-in', url: `bulkhead://${host}${url.pathname === '' ? '/' : url.pathname}` };
  }
  if (url.protocol !== 'https:') {
    return refused(say('address.other-scheme', { scheme: url.protocol }));
  }
  if (url.username !== '' || url.password !== '') {
    return refused(say('address.credentials'));
  }
  if (!remoteAllowed) {
    return refused(say('address.remote-closed'));
  }
  return { kind: 'remote', url: url.href };
}

function guessScheme(typed: string): string {
  const host = typed.split('/')[0]?.toLowerCase() ?? '';
  return host.endsWith('.test') ? `bulkhead://${typed}` : `https://${typed}`;
}

function refused(reason: Message): AddressVerdict {
  return { kind: 'refused', reason };
}
