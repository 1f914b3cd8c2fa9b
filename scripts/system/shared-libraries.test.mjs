// @ts-check
import { expect, test } from 'vitest';
import { debianPackagesFor, isDebianLike, missingLibraries } from './shared-libraries.mjs';

const ldd = `	linux-vdso.so.1 (0x00007ffd)
	libffmpeg.so => /x/libffmpeg.so (0x00007f)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	/lib64/ld-linux-x86-64.so.2 (0x00007f)
`;

test("reads what ldd didn't find, each once", () => {
  expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
});

test('finds nothing where nothing is missing', () => {
  expect(missingLibraries(ldd.replaceAll(/.*not found\n/g, ''))).toEqual([]);
});

test('names the packages on Debian 12', () => {
  const { packages, unknown } = debianPackagesFor(['libgtk-3.so.0', 'libcups.so.2'], () => false);
  expect(packages).toEqual([
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libatk-bridge2.0-0',
    'libcups2',
  ]);
  expect(unknown).toEqual([]);
});

test('takes the t64 names where the distribution has them', () => {
  const { packages } = debianPackagesFor(['libcups.so.2'], (name) =>
    ['libgtk-3-0t64', 'libasound2t64', 'libcups2t64'].includes(name),
  );
  expect(packages).toEqual([
    'libgtk-3-0t64',
    'libnss3',
    'libasound2t64',
    'libgbm1',
    'libxss1',
    'libatk-bridge2.0-0',
    'libcups2t64',
  ]);
});

test('says which library it has no package for', () => {
  expect(debianPackagesFor(['libnew.so.9'], () => false).unknown).toEqual(['libnew.so.9']);
});

test.each([
  ['ID=debian\nVERSION_ID="12"', true],
  ['ID=ubuntu\nID_LIKE=debian', true],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', true],
  ['ID=fedora', false],
  ['VERSION_ID=debian', false],
  [null, false],
])("%j is of Debian's family: %s", (osRelease, expected) => {
  expect(isDebianLike(osRelease)).toBe(expected);
});
