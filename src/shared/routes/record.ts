import { z } from 'zod';
import { words } from '../messages/message';

/** What is posted to a receiver: the made-up case report of a made-up person. Other fields are refused, not dropped. */
export const recordSchema = z.strictObject({
  name: z.string().min(1).max(200),
  location: z.string().min(1).max(200),
  age: z.int().min(0).max(150),
  infectedtype: z.string().min(1).max(100),
  state: z.string().min(1).max(100),
});
export type CaseRecord = z.infer<typeof recordSchema>;

/** What is posted to the collector: the record, and the name of the route that it came over. */
export const collectedSchema = recordSchema.extend({ path: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/) });

/** The first thing that is wrong, as one sentence that names the field. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return words('record.no-fields');
  return words('record.field', { field: issue.path.join('.'), problem: issue.message });
}
