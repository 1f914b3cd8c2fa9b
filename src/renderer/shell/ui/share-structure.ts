/**
 * `next`, but with every part that equals its counterpart in `previous` being that counterpart. A snapshot arrives
 * as a fresh copy each time; shared identities are what lets memoised components skip what didn't change.
 * For plain data only (no cycles).
 */
export function shareStructure<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(next)) return shareArray(previous, next) as T;
  if (isRecord(next)) return shareRecord(previous, next) as T;
  return next;
}

function shareArray(previous: unknown, next: unknown[]): unknown[] {
  if (!Array.isArray(previous)) return next;
  const shared = next.map((item, i) => shareStructure(previous[i], item));
  return shared.length === previous.length && shared.every((item, i) => Object.is(item, previous[i]))
    ? previous
    : shared;
}

function shareRecord(previous: unknown, next: Record<string, unknown>): Record<string, unknown> {
  if (!isRecord(previous) || Array.isArray(previous)) return next;
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(previous).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    const item = shareStructure(previous[key], next[key]);
    shared[key] = item;
    if (!Object.is(item, previous[key])) same = false;
  }
  return same ? previous : shared;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
