import { formatCount, parseBytes } from '../../../../shared/format';
import type { BenchMethod } from '../../../../shared/bench-window/view';
import { BENCH_LIMITS } from '../../../../shared/bench-window/limits';

/** To press instead of typing. */
export const COMMON_SIZES = [0, 64, 1024, 16 * 1024, 64 * 1024, 1024 * 1024] as const;

/** `64, 1 KiB, 1M`: payload bytes, each once, in the order given. */
export function parseSizes(text: string): { sizes: number[] } | { refusal: string } {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { refusal: 'At least one size: 64 B, 1 KiB, 1 MiB' };
  const sizes: number[] = [];
  for (const part of parts) {
    const size = parseBytes(part);
    if (size === null) return { refusal: `“${part.slice(0, 20)}” is no size. 64 B, 1 KiB and 1 MiB are.` };
    if (size > BENCH_LIMITS.sizeBytes.max) return { refusal: `${part} is too much: at most 1 MiB` };
    sizes.push(size);
  }
  const different = [...new Set(sizes)];
  if (different.length > BENCH_LIMITS.sizes) return { refusal: `At most ${BENCH_LIMITS.sizes} sizes in one run` };
  return { sizes: different };
}

/** The text with one size more, or one fewer, in rising order. A text that is no list is replaced. */
export function toggleSize(text: string, size: number): string {
  const parsed = parseSizes(text);
  const sizes = new Set('sizes' in parsed ? parsed.sizes : []);
  if (!sizes.delete(size)) sizes.add(size);
  return [...sizes]
    .toSorted((a, b) => a - b)
    .map(sizeText)
    .join(', ');
}

/** Read again, it is the same number: `formatBytes` rounds. */
export function sizeText(size: number): string {
  for (const [unit, bytes] of [
    ['MiB', 1024 ** 2],
    ['KiB', 1024],
  ] as const)
    if (size > 0 && size % bytes === 0) return `${size / bytes} ${unit}`;
  return `${size} B`;
}

/** Which of the methods can't carry which of the sizes, for a person, or null. */
export function tooLarge(sizes: readonly number[], methods: readonly BenchMethod[]): string | null {
  const largest = Math.max(0, ...sizes);
  const small = methods.filter(({ maxPayloadBytes }) => maxPayloadBytes < largest);
  const [only] = small;
  if (only === undefined) return null;
  return small.length === 1
    ? `${only.title}: at most ${formatCount(only.maxPayloadBytes)} B.`
    : `${small.length} of the methods carry less than ${sizeText(largest)}.`;
}
