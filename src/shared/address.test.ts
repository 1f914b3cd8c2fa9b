import { expect, test } from 'vitest';
import { hostOf, MAX_ADDRESS_CHARS, readAddress } from './address';
import { worded } from '../../tests/support/worded';

test('a host is given in lower case', () => {
  expect(hostOf('bulkhead://Alpha.TEST/')).toBe('alpha.test');
});

test('what is no address has no host', () => {
  expect(hostOf('nonsense')).toBe('');
});

test.each([
  ['bulkhead://alpha.test', 'bulkhead://alpha.test/'],
  ['  bulkhead://alpha.test  ', 'bulkhead://alpha.test/'],
  ['bulkhead://WWW.Alpha.TEST/Page', 'bulkhead://www.alpha.test/Page'],
  ['BULKHEAD://beta.test', 'bulkhead://beta.test/'],
  ['alpha.test', 'bulkhead://alpha.test/'],
  ['Gamma.Test/x', 'bulkhead://gamma.test/x'],
])('%j is the built-in page %s', (typed, url) => {
  expect(worded(readAddress(typed, false))).toEqual({ kind: 'built-in', url });
});

test.each([
  ['https://example.com', 'https://example.com/'],
  ['example.com', 'https://example.com/'],
  ['example.com/a/b?c=d', 'https://example.com/a/b?c=d'],
  ['localhost:3000', 'https://localhost:3000/'],
  ['example.com:8443/x', 'https://example.com:8443/x'],
  ['192.168.0.1', 'https://192.168.0.1/'],
  ['HTTPS://EXAMPLE.com', 'https://example.com/'],
])('%j is the remote page %s', (typed, url) => {
  expect(readAddress(typed, true)).toEqual({ kind: 'remote', url });
});

test.each([
  ['', /empty/],
  ['   ', /empty/],
  ['two words', /not an address/],
  ['ht!tp:/bad', /not an address/],
  ['https://', /not an address/],
  ['bulkhead://', /needs a host/],
  ['bulkhead:alpha.test', /needs a host/],
  ['http://example.com', /not http:/],
  ['file:///etc/passwd', /not file:/],
  ['javascript:alert(1)', /not javascript:/],
  ['data:text/html,hello', /not data:/],
  ['about:blank', /not about:/],
  ['chrome://settings', /not chrome:/],
  ['bulkhead-shell://app', /not bulkhead-shell:/],
  ['https://user@example.com', /user name or password/],
  ['https://:secret@example.com', /user name or password/],
])('%j is refused', (typed, reason) => {
  expect(worded(readAddress(typed, true))).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(reason) as string,
  });
});

test.each(['https://example.com', 'example.com'])(
  '%s is refused where remote pages are not allowed, with what to do',
  (typed) => {
    expect(worded(readAddress(typed, false))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('install the official Electron runtime') as string,
    });
  },
);

test('an address of any length can be asked about, and a long one, or one with a long host, is refused shortly', () => {
  for (const address of [
    `bulkhead://alpha.test/${'x'.repeat(MAX_ADDRESS_CHARS)}`,
    `https://example.com/${'x'.repeat(2_000_000)}`,
    `bulkhead://${'x'.repeat(254)}`,
  ]) {
    const verdict = readAddress(address, true);
    expect(verdict).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(verdict).length).toBeLessThan(200);
  }
});
