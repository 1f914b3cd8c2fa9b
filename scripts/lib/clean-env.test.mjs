// @ts-check
import { expect, test } from 'vitest';
import { toolEnv } from './clean-env.mjs';

test('npm settings that could redirect a build are left out', () => {
  const env = {
    npm_config_nodedir: '/usr',
    npm_config_target: '20.0.0',
    NPM_CONFIG_RUNTIME: 'node',
    npm_package_name: 'x',
    npm_lifecycle_event: 'start',
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--inspect',
  };
  expect(toolEnv(env)).toEqual({});
});

test('the way out of the network stays, and so does everything else', () => {
  const env = {
    npm_config_registry: 'r',
    npm_config_https_proxy: 'p',
    npm_config_cafile: 'c',
    'npm_config_@mine:registry': 'm',
    HTTPS_PROXY: 'p',
    PATH: '/bin',
  };
  expect(toolEnv(env)).toEqual(env);
});
