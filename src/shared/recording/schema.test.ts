import { expect, test } from 'vitest';
import {
  readRecordingSchemaFile,
  recordingJsonSchema,
  writeRecordingSchemaFile,
} from '../../../tests/schema/recording-schema';

test('docs/recording.schema.json is the schema of the code (UPDATE_SCHEMA=1 writes it anew)', () => {
  if (process.env['UPDATE_SCHEMA'] === '1') writeRecordingSchemaFile();
  expect(readRecordingSchemaFile()).toEqual(recordingJsonSchema());
});
