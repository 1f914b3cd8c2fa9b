import { dirname, join } from 'node:path';
import { benchCsv } from '../../shared/bench/report-csv';
import { hgrmFiles } from '../../shared/bench/report-hgrm';
import { benchReportHtml } from '../../shared/bench/report-html';
import { textReport } from '../../shared/bench/report-text';
import type { BenchOutput, BenchRequest } from '../../shared/bench/request';
import { STANDARD_OUTPUT } from '../../shared/standard-output';
import type { RunRecord } from '../../shared/bench/result';
import type { BenchResult } from '../../shared/bench/schema';
import type { Piece } from '../../shared/recording/write';
import { benchTrace } from '../../shared/trace/bench-trace';
import { tracePieces } from '../../shared/trace/write-trace';
import { render, words } from '../../shared/messages/message';
import { describeWriteFailure, makeFolder, writeOutput } from '../../node/output-file';
import { printResults } from '../../node/print-results';

export interface Results {
  result: BenchResult;
  records: readonly RunRecord[];
  request: Pick<BenchRequest, 'placement' | 'mode'>;
  /** Verdicts on thresholds, a line each. */
  verdicts: readonly string[];
  titleOf: (method: string) => string;
}

/** Prints the report and writes every file that was asked for. Resolves to what went wrong, a sentence each. */
export async function writeResults(
  { result, records, request, verdicts, titleOf }: Results,
  output: BenchOutput,
): Promise<string[]> {
  const json = `${JSON.stringify(result, null, 2)}\n`;
  const setting = { placement: request.placement, mode: request.mode.kind };
  const files: Array<[path: string, pieces: () => Iterable<string>]> = [];
  if (output.json !== null) files.push([output.json, () => [json]]);
  if (output.csv !== null) files.push([output.csv, () => benchCsv(records, setting)]);
  if (output.html !== null) files.push([output.html, () => [benchReportHtml(result, null)]]);
  if (output.trace !== null) files.push([output.trace, () => textsOf(tracePieces(benchTrace(result, records)))]);
  if (output.hgrm !== null) {
    const folder = output.hgrm;
    for (const { name, text } of hgrmFiles(result.runs)) files.push([join(folder, name), () => [text]]);
  }
  const report = [
    textReport(result, titleOf),
    ...verdicts.map((line) => `${words('bench-command.threshold', { verdict: line })}\n`),
  ];
  const [, printed = () => report] = files.find(([path]) => path === STANDARD_OUTPUT) ?? [];
  const unprinted = await printResults(printed());
  const problems = [unprinted && render(unprinted)];
  for (const [path, pieces] of files) if (path !== STANDARD_OUTPUT) problems.push(await writeFileFor(path, pieces()));
  return problems.filter((problem) => problem !== null);
}

/** Writes a file that a person asked for, in a folder that is made if need be. Resolves to what went wrong, a sentence, or null. */
export async function writeFileFor(path: string, pieces: Iterable<string>): Promise<string | null> {
  try {
    await makeFolder(dirname(path));
    await writeOutput(path, pieces);
    return null;
  } catch (error) {
    return render(describeWriteFailure(path, error));
  }
}

function* textsOf(pieces: Iterable<Piece>): Generator<string> {
  for (const { content } of pieces) yield String(content);
}
