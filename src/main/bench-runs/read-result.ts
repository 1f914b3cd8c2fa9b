import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { BENCH_VERSION, type BenchResult, benchResultSchema } from '../../shared/bench/schema';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { RECORDING_FORMAT } from '../../shared/recording/schema';

/** A result is some kilobytes for each run; one with every sample in it (of `bulkhead ping`) some megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

export type ReadResult<R extends BenchResult = BenchResult> =
  | { kind: 'read'; result: R }
  | { kind: 'refused'; reason: Message };

/** Reads a saved result. What isn't one is refused with the reason: what it is instead, or where it differs. */
export async function readResult(path: string): Promise<ReadResult>;
export async function readResult<R extends BenchResult>(path: string, schema: z.ZodType<R>): Promise<ReadResult<R>>;
export async function readResult(
  path: string,
  schema: z.ZodType<BenchResult> = benchResultSchema,
): Promise<ReadResult> {
  let text: string;
  try {
    const there = await stat(path);
    if (there.isDirectory()) return refused(path, say('result.is-folder'));
    // To read a pipe may wait for ever, and a device may have no end.
    if (!there.isFile()) return refused(path, say('result.no-file'));
    if (there.size > MAX_BYTES) return refused(path, say('result.too-large', { maxBytes: MAX_BYTES }));
    text = await readFile(path, 'utf8');
  } catch (error) {
    return refused(path, whyUnreadable(error));
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return refused(path, say('result.no-json'));
  }
  const other = whatElse(document);
  if (other !== null) return refused(path, other);
  const parsed = schema.safeParse(document);
  if (parsed.success) return { kind: 'read', result: parsed.data };
  const [issue] = parsed.error.issues;
  return refused(path, say('result.invalid', { at: issue?.path.join('.') || null, cause: issue?.message ?? null }));
}

function whatElse(document: unknown): Message | null {
  if (typeof document !== 'object' || document === null) return null;
  const { format, version, runs } = document as Record<string, unknown>;
  if (format === RECORDING_FORMAT) return say('result.is-recording');
  if (Array.isArray(runs) && typeof version === 'number' && version !== BENCH_VERSION)
    return say('result.other-version', { version, reads: BENCH_VERSION });
  return null;
}

function whyUnreadable(error: unknown): Message {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return say('result.not-there');
    case 'EACCES':
    case 'EPERM':
      return say('result.unreadable');
    default:
      return saidBy(error);
  }
}

function refused(path: string, cause: Message): Extract<ReadResult, { kind: 'refused' }> {
  return { kind: 'refused', reason: say('result.not-opened', { path, cause }) };
}
