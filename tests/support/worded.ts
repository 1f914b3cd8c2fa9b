import { type Message, render } from '../../src/shared/messages/message';

/** A value with every message in it as its words, for tests of what a person reads. */
export function worded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(worded);
  if (typeof value !== 'object' || value === null) return value;
  if ('code' in value && 'params' in value) return render(value as Message);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, worded(each)]));
}
