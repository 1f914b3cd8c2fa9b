import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadJsonSchema } from './result';

const FILE = resolve(import.meta.dirname, '../../../docs/load.schema.json');

/** After a change of the schema: UPDATE_SCHEMA=1 npx vitest run src/shared/load/result.test.ts */
test('docs/load.schema.json is this schema', () => {
  const text = `${JSON.stringify(loadJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
