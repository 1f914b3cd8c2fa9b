// @ts-check

/** What of npm's configuration a download needs: the way out of the network. */
const networkSettings = new Set([
  'registry',
  'proxy',
  'https_proxy',
  'http_proxy',
  'noproxy',
  'cafile',
  'ca',
  'strict_ssl',
  'cache',
  'userconfig',
  'globalconfig',
]);

/**
 * The environment for tools started underneath `npm start`: npm hands its whole
 * configuration down as `npm_config_*`, and there a `nodedir`, `target` or
 * `runtime` meant for something else overrides node-gyp's own arguments, so that
 * an addon comes out for the wrong ABI. Registry, proxy, certificates and cache
 * stay.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(env) {
  /** @type {NodeJS.ProcessEnv} */
  const kept = {};
  for (const [name, value] of Object.entries(env)) {
    const lower = name.toLowerCase();
    if (lower.startsWith('npm_package_') || lower.startsWith('npm_lifecycle_')) continue;
    if (lower.startsWith('npm_config_') && !isNetworkSetting(lower.slice('npm_config_'.length))) continue;
    if (lower === 'electron_run_as_node' || lower === 'node_options') continue;
    kept[name] = value;
  }
  return kept;
}

/** @param {string} setting */
function isNetworkSetting(setting) {
  // `@scope:registry` and `//host/:_authToken` say where packages come from, too.
  return networkSettings.has(setting) || setting.includes(':');
}
