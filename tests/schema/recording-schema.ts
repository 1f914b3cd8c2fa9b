import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recordingSchema } from '../../src/shared/recording/schema';

/** The recording's JSON Schema for readers outside Bulkhead. Made from the code: `UPDATE_SCHEMA=1 npx vitest run schema`. */
export const RECORDING_SCHEMA_FILE = join(import.meta.dirname, '../../docs/recording.schema.json');

export function recordingJsonSchema(): unknown {
  return z.toJSONSchema(recordingSchema);
}

export function readRecordingSchemaFile(): unknown {
  return JSON.parse(readFileSync(RECORDING_SCHEMA_FILE, 'utf8'));
}

export function writeRecordingSchemaFile(): void {
  writeFileSync(RECORDING_SCHEMA_FILE, `${JSON.stringify(recordingJsonSchema(), null, 2)}\n`);
}
