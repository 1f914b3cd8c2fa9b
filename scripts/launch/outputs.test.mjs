// @ts-check
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareOutputs } from './outputs.mjs';

/** @type {string} */
let folder;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'bh-outputs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (/** @type {string} */ name) => path.join(folder, name);

/** @param {Parameters<typeof prepareOutputs>[0]} outputs */
function refusal(outputs) {
  try {
    prepareOutputs(outputs);
    return null;
  } catch (error) {
    const { message, nextStep } = /** @type {import("../lib/set-up-error.mjs").SetUpError} */ (error);
    expect(nextStep).toBeTruthy();
    return message;
  }
}

test('folders are made, files are not touched; standard output and what was not asked for are left out', () => {
  writeFileSync(at('old.json'), 'old');
  prepareOutputs({ files: [at('a/b/new.json'), at('old.json'), '-', null], folders: [at('c/d'), null] });
  expect([existsSync(at('a/b')), existsSync(at('a/b/new.json')), existsSync(at('c/d'))]).toEqual([true, false, true]);
  expect(readFileSync(at('old.json'), 'utf8')).toBe('old');
});

test('a folder, a socket and a link to itself are refused before anything is measured', async () => {
  mkdirSync(at('folder'));
  expect(refusal({ files: [at('folder')] })).toContain('there is a folder of that name');
  symlinkSync('loop', at('loop'));
  expect(refusal({ files: [at('loop')] })).toContain('leads back to itself');
  const server = createServer();
  await new Promise((resolve) => server.listen(at('s'), () => resolve(undefined)));
  expect(refusal({ files: [at('s')] })).toContain('it is a socket');
  server.close();
});

test('a FIFO whose reader may still come, a device and a link to what is not there yet are no refusal', () => {
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('later.json', at('link'));
  expect(refusal({ files: [at('pipe'), '/dev/full', at('link')] })).toBeNull();
});

test('the file that is read is not written over, by whatever name', () => {
  writeFileSync(at('in.json'), '[]');
  symlinkSync('in.json', at('link.json'));
  for (const name of ['in.json', 'link.json'])
    expect(refusal({ files: [at(name)], input: at('in.json') })).toContain(`would take the place of ${at('in.json')}`);
  expect(refusal({ files: [at('in.json')], input: at('link.json') })).not.toBeNull();
  expect(refusal({ files: [at('out.json')], input: at('in.json') })).toBeNull();
  expect(readFileSync(at('in.json'), 'utf8')).toBe('[]');
});

test.skipIf(process.getuid?.() !== 0)('where one may not write is told to an ordinary user', () => {
  mkdirSync(at('theirs'), { mode: 0o755 });
  mkdirSync(at('theirs/closed'), { mode: 0o700 });
  mkdirSync(at('theirs/closed/a'));
  chmodSync(folder, 0o755);
  const script = `import { prepareOutputs } from ${JSON.stringify(path.resolve(import.meta.dirname, 'outputs.mjs'))};
    for (const outputs of [{ files: [process.argv[1] + '/a.json'] }, { files: [process.argv[1] + '/closed/a/b.json'] }, { folders: [process.argv[1]] }])
      try { prepareOutputs(outputs); console.log('no refusal'); } catch (error) { console.log(error.message); }`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, at('theirs')], {
    uid: 65_534,
    gid: 65_534,
    encoding: 'utf8',
  });
  expect(said.trim().split('\n')).toEqual([
    `${at('theirs')}/a.json can't be written: you may not write there.`,
    `The folder ${at('theirs')}/closed/a could not be made: you may not write there.`,
    `${at('theirs')} can't be written: you may not write there.`,
  ]);
});
