import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { BENCH_VERSION, type BenchResult, benchResultSchema } from '../../shared/bench/schema';
import { RECORDING_FORMAT } from '../../shared/recording/schema';

/** A result is some kilobytes for each run; one with every sample in it (of `bulkhead ping`) some megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

export type ReadResult<R extends BenchResult = BenchResult> =
  | { kind: 'read'; result: R }
  | { kind: 'refused'; reason: string };

/** Reads a saved result. What isn't one is refused in words: what it is instead, or where it differs. */
export async function readResult(path: string): Promise<ReadResult>;
export async function readResult<R extends BenchResult>(path: string, schema: z.ZodType<R>): Promise<ReadResult<R>>;
export async function readResult(
  path: string,
  schema: z.ZodType<BenchResult> = benchResultSchema,
): Promise<ReadResult> {
  let text: string;
  try {
    const there = await stat(path);
    if (there.isDirectory()) return refused(path, 'it is a folder');
    // To read a pipe may wait for ever, and a device may have no end.
    if (!there.isFile()) return refused(path, 'it is no regular file. Copy what it gives into one');
    if (there.size > MAX_BYTES)
      return refused(path, `it is larger than ${MAX_BYTES / 1024 / 1024} MiB, which no result of a benchmark is`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    return refused(path, whyUnreadable(error));
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refused(path, 'it is no JSON. Open a file that was saved as JSON, here or with --json');
  }
  const other = whatElse(document);
  if (other !== null) return refused(path, other);
  const parsed = schema.safeParse(document);
  if (parsed.success) return { kind: 'read', result: parsed.data };
  const [issue] = parsed.error.issues;
  return refused(
    path,
    `it is JSON, but no result of a benchmark (${issue?.path.join('.') || 'at its root'}: ${issue?.message ?? 'invalid'})`,
  );
}

function whatElse(document: unknown): string | null {
  if (typeof document !== 'object' || document === null) return null;
  const { format, version, runs } = document as Record<string, unknown>;
  if (format === RECORDING_FORMAT) return 'it is a recording of the live view, not the result of a benchmark';
  if (Array.isArray(runs) && typeof version === 'number' && version !== BENCH_VERSION)
    return `it has version ${version}, and this Bulkhead reads version ${BENCH_VERSION}. Open it with the Bulkhead that wrote it`;
  return null;
}

function whyUnreadable(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'it is not there (any more)';
    case 'EACCES':
    case 'EPERM':
      return 'you may not read it';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function refused(path: string, why: string): Extract<ReadResult, { kind: 'refused' }> {
  return { kind: 'refused', reason: `${path} was not opened: ${why}.` };
}
