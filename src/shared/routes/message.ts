import { z } from 'zod';
import { recordSchema } from './record';

/**
 * What crosses a messaging system: the record, who counts it as which, and when it was posted. `run` and `number`
 * together are its id: a run numbers its messages from 0 without gaps, so that a byte for each is enough to count them.
 */

export const RUN_PATTERN = /^[A-Za-z0-9][A-Za-z0-9-]{0,47}$/;
/** Enough for 5,000 messages a second over nearly an hour; a byte each. */
export const MAX_MESSAGES_PER_RUN = 16_777_216;

const stampSchema = z.object({
  run: z.string().regex(RUN_PATTERN),
  number: z
    .int()
    .min(0)
    .max(MAX_MESSAGES_PER_RUN - 1),
  /** Nanoseconds of the posting machine's monotonic clock. */
  postedNs: z.number().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Which clock that is: two that differ can't be compared. */
  clock: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});
export type MessageStamp = z.infer<typeof stampSchema>;

const messageSchema = stampSchema.extend({ record: recordSchema });
export type RouteMessage = z.infer<typeof messageSchema>;

/** The HTTP header that carries a stamp. A post without it gets one from the receiver. */
export const STAMP_HEADER = 'bulkhead-message';

export function stampHeader({ run, number, postedNs, clock }: MessageStamp): string {
  return `${run} ${number} ${postedNs} ${clock}`;
}

/** Null when it isn't one. */
export function readStampHeader(text: string): MessageStamp | null {
  const match = /^(\S{1,48}) (\d{1,10}) (\d{1,16}) (\S{1,64})$/.exec(text);
  if (match === null) return null;
  const [, run, number, postedNs, clock] = match;
  const parsed = stampSchema.safeParse({ run, number: Number(number), postedNs: Number(postedNs), clock });
  return parsed.success ? parsed.data : null;
}

export function encodeMessage(message: RouteMessage): string {
  return JSON.stringify(message);
}

/** Null for what is no message of ours: a server that others use as well may hold anything. */
export function decodeMessage(text: string): RouteMessage | null {
  try {
    return checkMessage(JSON.parse(text));
  } catch {
    return null;
  }
}

export function checkMessage(value: unknown): RouteMessage | null {
  const parsed = messageSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
