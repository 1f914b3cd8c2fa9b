// @ts-check

/** What Electron needs on Debian besides what those packages bring along. */
const electronPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'];

/** Which Debian package holds a library that Electron is linked against. */
const packageOfLibrary = new Map([
  ['libX11.so.6', 'libx11-6'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXext.so.6', 'libxext6'],
  ['libXfixes.so.3', 'libxfixes3'],
  ['libXrandr.so.2', 'libxrandr2'],
  ['libXss.so.1', 'libxss1'],
  ['libasound.so.2', 'libasound2'],
  ['libatk-1.0.so.0', 'libatk1.0-0'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0'],
  ['libcairo.so.2', 'libcairo2'],
  ['libcups.so.2', 'libcups2'],
  ['libdbus-1.so.3', 'libdbus-1-3'],
  ['libdrm.so.2', 'libdrm2'],
  ['libexpat.so.1', 'libexpat1'],
  ['libgbm.so.1', 'libgbm1'],
  ['libgio-2.0.so.0', 'libglib2.0-0'],
  ['libglib-2.0.so.0', 'libglib2.0-0'],
  ['libgobject-2.0.so.0', 'libglib2.0-0'],
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnspr4.so', 'libnspr4'],
  ['libnss3.so', 'libnss3'],
  ['libnssutil3.so', 'libnss3'],
  ['libpango-1.0.so.0', 'libpango-1.0-0'],
  ['libsmime3.so', 'libnss3'],
  ['libudev.so.1', 'libudev1'],
  ['libxcb.so.1', 'libxcb1'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
]);

/**
 * The libraries that `ldd` could not find.
 *
 * @param {string} lddOutput
 * @returns {string[]} sonames, each once
 */
export function missingLibraries(lddOutput) {
  const missing = new Set(/** @type {string[]} */ ([]));
  for (const line of lddOutput.split('\n')) {
    const soname = /^\s*(\S+)\s+=>\s+not found\s*$/.exec(line)?.[1];
    if (soname !== undefined) missing.add(soname);
  }
  return [...missing];
}

/**
 * The Debian packages to install when libraries are missing: all that Electron
 * wants, as most come together, and those of the missing ones.
 *
 * @param {readonly string[]} libraries sonames
 * @param {(name: string) => boolean} exists whether the distribution has a package of that name
 * @returns {{ packages: string[], unknown: string[] }} `unknown`: libraries whose package we can't tell
 */
export function debianPackagesFor(libraries, exists) {
  const names = new Set(electronPackages);
  const unknown = [];
  for (const library of libraries) {
    const name = packageOfLibrary.get(library);
    if (name === undefined) unknown.push(library);
    else names.add(name);
  }
  // Debian 13 and Ubuntu 24.04 renamed many for 64-bit time_t; the old name is
  // then at best a virtual package with several providers, which apt refuses.
  return { packages: [...names].map((name) => (exists(`${name}t64`) ? `${name}t64` : name)), unknown };
}

/**
 * Whether this is Debian or one of its descendants.
 *
 * @param {string | null} osRelease content of /etc/os-release
 */
export function isDebianLike(osRelease) {
  if (osRelease === null) return false;
  const families = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap((match) =>
    (match[1] ?? '').replaceAll(/["']/g, '').split(/\s+/),
  );
  return families.some((family) => family === 'debian' || family === 'ubuntu');
}
