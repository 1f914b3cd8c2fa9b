import { expect, test } from 'vitest';
import { siteName, siteOf } from './site';

test.each([
  ['https://example.com/path?q#f', 'https://example.com'],
  ['https://www.example.com', 'https://example.com'],
  ['https://a.b.example.co.uk', 'https://example.co.uk'],
  ['https://example.co.uk', 'https://example.co.uk'],
  ['https://someone.github.io/page', 'https://someone.github.io'],
  ['https://deep.someone.github.io', 'https://someone.github.io'],
  ['https://example.com:8443', 'https://example.com'],
  ['https://user:pw@example.com', 'https://example.com'],
  ['https://EXAMPLE.com', 'https://example.com'],
  ['https://localhost:3000', 'https://localhost'],
  ['https://192.168.0.1', 'https://192.168.0.1'],
  ['https://[::1]:8080/', 'https://[::1]'],
  ['bulkhead://alpha.test', 'bulkhead://alpha.test'],
  ['bulkhead://www.alpha.test/page', 'bulkhead://alpha.test'],
  ['bulkhead://a.b.alpha.test', 'bulkhead://alpha.test'],
  ['bulkhead://WWW.Alpha.TEST/', 'bulkhead://alpha.test'],
])('the site of %s is %s', (url, site) => {
  expect(siteOf(url)).toBe(site);
});

test.each([
  ['another scheme', 'http://example.com', 'https://example.com'],
  ['another registrable domain', 'https://example.com', 'https://example.org'],
  ['two people under a private suffix', 'https://one.github.io', 'https://two.github.io'],
  ['two built-in sites', 'bulkhead://alpha.test', 'bulkhead://beta.test'],
  ['two hosts that end alike', 'https://notexample.com', 'https://example.com'],
])('%s is another site', (_what, one, other) => {
  expect(siteOf(one)).not.toBe(siteOf(other));
});

test.each(['https://co.uk', 'https://github.io'])('%s, a public suffix itself, is its own site', (url) => {
  expect(siteOf(url)).toBe(url);
});

test.each(['', 'no address', 'about:blank', 'data:text/html,hello', 'file:///etc/hosts', 'bulkhead://'])(
  '%j has no site',
  (url) => {
    expect(siteOf(url)).toBeNull();
  },
);

test.each([
  ['https://example.co.uk', 'example.co.uk'],
  ['bulkhead://alpha.test', 'alpha.test'],
])('the short name of %s is %s', (site, name) => {
  expect(siteName(site)).toBe(name);
});
