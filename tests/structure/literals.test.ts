import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { textsForPeople } from './literals';

/**
 * What is said to a person is a message: its words stand in the tables of `src/shared/messages/english/`, and nowhere
 * else. The window's own pages (`src/renderer`) are an edge, where words are at home. So are the programs of the routes
 * (`src/routes`): they answer HTTP, write to a terminal and report reasons as text, on other machines as well, to whom
 * nobody is there to render a message.
 */

const root = resolve(import.meta.dirname, '../../src');
const FOLDERS = ['main', 'shared', 'transports', 'bench', 'node'];
const TABLES = 'shared/messages/english/';

/** Files that have words of their own, each with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  'shared/transport-catalog.ts': 'a table itself: a row for each transport',
  'shared/glossary.ts': 'a table itself, and the source of docs/glossary.md',
  'shared/routes/route-catalog.ts': 'a table itself: a row for each route',
  'shared/routes/ledger.ts': "an error of Bulkhead's own, with its stack",
  'shared/routes/record.ts': 'what a receiver answers over HTTP, where other programs read it',
  'shared/routes/traffic.ts': 'what is wrong with a file, as the programs of the routes say it to their standard error',
  'shared/load/result-formats.ts': 'a table itself: a row for each format of a result',
  'shared/load/result.ts': 'the title of a JSON Schema',
  'shared/load/locust.ts': 'the columns of another program',
  'shared/load/report-columns.ts': 'a table itself: a row for each column of a result',
  'shared/load/report-html.ts': 'the report is one document in English; what is said in it comes from the result',
  'shared/load/report-text.ts': 'the report is one document in English; what is said in it comes from the result',
  'shared/export-formats.ts': 'a table itself: a row for each export format',
  'shared/bench-window/result-formats.ts': 'a table itself: a row for each format of a result',
  'shared/process-actions.ts': 'a table itself: a row for each action',
  'shared/bench/run-columns.ts': 'a table itself: a row for each column of a result',
  'shared/bench/answer-words.ts': 'a table itself: a row for each question',
  'shared/bench/report-html.ts': 'the report is one document in English; what is said in it comes from the result',
  'main/processes/command-name.ts': "names of Chromium's processes",
  'main/processes/own-system.ts': "names of Chromium's processes",
  'shared/pages.ts': 'a table itself: a row for each page of the window',
  'shared/bench/compare-environments.ts': 'a table itself: a row for each fact of an environment',
  'shared/recording/html.ts': 'the report is one document in English; what is said in it comes from the recording',
  'shared/bench/report-text.ts': 'the report is one document in English, which other programs read by its words',
  'shared/bench/report-hgrm.ts': 'the format of another program',
  'shared/bench/schema.ts': 'the title of a JSON Schema',
  'main/scheme.ts': 'the body of a 404, which no page shows',
  'main/options.ts': "an error of the launcher's own, with its stack",
  'main/ipc/handle.ts': "thrown at whoever breaks the contract, which the shell's own code doesn't",
  'main/measuring-thread/measuring-thread.ts': "an error of Bulkhead's own, with its stack",
  'main/measuring-thread/paced-end.ts': "an error of Bulkhead's own, with its stack",
  'shared/emitter.ts': "an error of Bulkhead's own, with its stack",
  'bench/measure/simulation.ts': 'for tests alone',
};

function sources(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).split(sep).join('/'),
    ),
  ).filter((file) => file.endsWith('.ts') && !/\.test\.|\.d\.ts$/.test(file));
}

const textsOf = (file: string) => textsForPeople(readFileSync(join(root, file), 'utf8'), file);

test('words for people stand in the tables of messages alone', () => {
  const elsewhere = sources()
    .filter((file) => !file.startsWith(TABLES) && !Object.hasOwn(ALLOWED, file))
    .flatMap((file) => textsOf(file).map(({ line, text }) => `${file}:${line} ${text}`));
  expect(elsewhere).toEqual([]);
});

test('what is allowed is there', () => {
  expect(Object.keys(ALLOWED).filter((file) => !sources().includes(file))).toEqual([]);
});

test('the tables are what it finds words in', () => {
  expect(textsOf(`${TABLES}processes.ts`).length).toBeGreaterThan(5);
});

test.each([
  ['a sentence', `const outcome = { ok: false, message: 'It is gone. Try again.' };`],
  ['a sentence in a template', "const said = `${name} is not running, so it can't be hung. Start it first.`;"],
  ['a sentence with a capital and without a stop', `const headline = 'Nobody noticed it';`],
  ['an error for a person', `throw new Error('there is no named pipe');`],
  ['a phrase as a label', `const event = { label: 'run directory made anew' };`],
  ['one of two phrases', `const view = { reason: late ? 'it was late' : null };`],
  ['a phrase behind ??', `const view = { reason: reason ?? 'not known yet' };`],
  ['a phrase for the log of events', "events.add('hang', id, `${name} hung`);"],
  ['a reason for a channel that waits', `channel.disconnect('skipped', 'the page is loading');`],
  ['a word and a name', 'const event = { label: `${name} crashed` };'],
  ['an argument of a class', `class A { #reason = refused('it is a folder'); }`],
])('it finds %s', (_what, source) => {
  expect(textsForPeople(source, 'fixture.ts')).toEqual([{ line: 1, text: expect.any(String) as string }]);
});

test('it says where, and what: placeholders are an ellipsis', () => {
  expect(textsForPeople('\n\nsay(`Only ${n} rounds of it.`);', 'fixture.ts')).toEqual([
    { line: 3, text: 'Only … rounds of it.' },
  ]);
});

test.each([
  ['an import', `import { x } from './not a Sentence.';`],
  ['a comment', '// This is a sentence. Nobody is told it.'],
  ['a code', `say('process.no-tab');`],
  ['a kind', `const state = { kind: 'given-up', reason: 'killed' };`],
  ['a type', `type Verdict = 'within the spread' | 'Not comparable here.';`],
  ['a path', `join(folder, 'src/main/index.ts');`],
  ['what a program did wrong', `throw new RangeError('An index of no sample.');`],
  ['a bug', `throw new Error('There is no channel to measure. Please report this.');`],
  ['a policy', `const policy = "default-src 'none'; script-src 'self'";`],
  ['an argument of a program', `run('mkfifo', ['-m', '640', path]);`],
])('%s is none', (_what, source) => {
  expect(textsForPeople(source, 'fixture.ts')).toEqual([]);
});
