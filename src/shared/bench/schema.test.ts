import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { benchJsonSchema, benchResultSchema } from './schema';

const FILE = resolve(import.meta.dirname, '../../../docs/bench.schema.json');

/** After a change of the schema: UPDATE_SCHEMA=1 npx vitest run src/shared/bench/schema.test.ts */
test('docs/bench.schema.json is this schema', () => {
  const text = `${JSON.stringify(benchJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

test('every run has the fields that other programs read, in this order', () => {
  const fields = [
    'method',
    'route',
    'size',
    'placement',
    'mode',
    'warmup',
    'cycles',
    'rounds',
    'rtt_ns',
    'lost',
    'skipped',
    'saturated',
    'per_second',
    'floor_ns',
    'ratio_p50',
    'unavailable',
  ];
  expect(Object.keys(benchResultSchema.shape.runs.element.shape)).toEqual([...fields, 'detail']);
});
