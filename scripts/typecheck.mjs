// @ts-check
// `npm run typecheck`: every tsconfig.*.json at the root, one for each kind of
// place that code runs in. All are checked, also after a failure.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { projectRoot } from './lib/paths.mjs';

const configs = readdirSync(projectRoot)
  .filter((name) => /^tsconfig\.[\w-]+\.json$/.test(name) && name !== 'tsconfig.base.json')
  .toSorted();
const compiler = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
const failed = configs.filter((config) => {
  const { status } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', config], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${config}`);
  return status !== 0;
});
if (configs.length === 0) console.error('There is no tsconfig.*.json to check.');
process.exitCode = configs.length > 0 && failed.length === 0 ? 0 : 1;
