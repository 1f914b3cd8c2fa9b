import { formatNumber, formatSeconds } from '../../format';

const UNHARMED = 'The laboratory is unharmed. Run it again.';

function said(line: string | null): string {
  return line === null ? '' : ` It said: ${line}`;
}

/** A benchmark in the window, and the results that are kept of it. */
export const BENCH = {
  'bench.running-already': () => 'A benchmark is running already. Wait for its end, or stop it first.',
  'bench.none-running': () => 'No benchmark is running.',
  'bench.not-launched': ({ cause }: { cause: string }) =>
    `The benchmark could not be started: ${cause}. Free some memory or processes, then try again.`,
  'bench.not-started': ({ cause }: { cause: string }) =>
    `The benchmark could not be started: ${cause}. Run npm run setup, then start Bulkhead again.`,
  /** `why`: why Bulkhead itself ended it. */
  'bench.ended': ({ why }: { why: string }) =>
    `The benchmark was ended without a result. ${why} What it had measured is lost. ${UNHARMED}`,
  /** `line`: the last one of its standard error, or null. */
  'bench.killed': ({ signal, line }: { signal: string; line: string | null }) =>
    `The benchmark was killed from outside (${signal}) before it had a result.${said(line)} ${UNHARMED}`,
  'bench.refused': ({ line }: { line: string | null }) => `The benchmark refused what it was asked for.${said(line)}`,
  'bench.exited': ({ exitCode, line }: { exitCode: number | null; line: string | null }) =>
    `The benchmark ended with code ${exitCode ?? 'unknown'} and without a result.${said(line)} ${UNHARMED}`,
  'bench.stopped-twice': () => 'It was stopped a second time, before it had written its result.',
  'bench.did-not-stop': ({ limitMs }: { limitMs: number }) =>
    `It did not end within ${formatSeconds(limitMs)} of Stop.`,
  'bench.silent': ({ limitMs }: { limitMs: number }) =>
    `It said nothing for ${formatSeconds(limitMs)}, so it was taken to hang.`,
  'bench.app-closed': () => 'Bulkhead was closed.',

  'result.gone': () => 'That result is not there any more. Open it, or measure, again.',
  'result.file-gone': ({ path }: { path: string }) => `${path} is not there any more. Measure again.`,
  'result.no-image': () => 'The plot could not be drawn as an image. Save it as SVG.',
  'result.no-trace': () =>
    'There is no trace of this result: single pings are kept only of the newest benchmark of this session. Measure again and save it then, or take bin/bulkhead bench --trace FILE.',
  'result.no-distributions': () =>
    'This result has no distributions: nothing was answered, or an earlier Bulkhead wrote it. Save it as JSON or CSV.',
  'result.file-taken': ({ folder, file }: { folder: string; file: string }) =>
    `Nothing was written: ${folder} has a file ${file} already. Choose another folder.`,
  'result.not-kept': () => 'Only results that are kept here have a name and a note of your own.',
  'result.not-deleted': ({ path, cause }: { path: string; cause: string }) =>
    `${path} was not deleted: ${cause}. Delete it yourself, or try again.`,
  'result.too-many': ({ name, most }: { name: string; most: number }) =>
    `“${name}” is not kept on disk: ${most} results are there already. Save it as JSON, or delete some and measure again.`,
  'result.not-written': ({ name, cause }: { name: string; cause: string }) => `“${name}” is not kept on disk. ${cause}`,
  'results.not-listed': ({ cause, folder }: { cause: string; folder: string }) =>
    `Earlier results could not be listed: ${cause}. See to ${folder}, and start Bulkhead again.`,
  'results.newest-listed': ({ folder, count, most }: { folder: string; count: number; most: number }) =>
    `${folder} has ${count} results; the newest ${most} are listed. The others stay there, and can be opened.`,
  'result.left-alone': ({ cause }: { cause: string }) => `${cause} It was left alone: remove it, or see to it.`,

  'result.not-opened': ({ path, cause }: { path: string; cause: string }) => `${path} was not opened: ${cause}.`,
  'result.is-folder': () => 'it is a folder',
  'result.no-file': () => 'it is no regular file. Copy what it gives into one',
  'result.too-large': ({ maxBytes }: { maxBytes: number }) =>
    `it is larger than ${formatNumber(maxBytes / 1024 / 1024)} MiB, which no result of a benchmark is`,
  'result.no-json': () => 'it is no JSON. Open a file that was saved as JSON, here or with --json',
  /** `at`: where in the document, or null: at its root. */
  'result.invalid': ({ at, cause }: { at: string | null; cause: string | null }) =>
    `it is JSON, but no result of a benchmark (${at ?? 'at its root'}: ${cause ?? 'invalid'})`,
  'result.is-recording': () => 'it is a recording of the live view, not the result of a benchmark',
  'result.other-version': ({ version, reads }: { version: number; reads: number }) =>
    `it has version ${version}, and this Bulkhead reads version ${reads}. Open it with the Bulkhead that wrote it`,
  'result.not-there': () => 'it is not there (any more)',
  'result.unreadable': () => 'you may not read it',
};
