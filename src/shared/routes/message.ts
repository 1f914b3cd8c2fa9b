import { type CaseRecord, isRecord } from './record';

/**
 * What crosses a messaging system: the record, who counts it as which, and when it was posted. `run` and `number`
 * together are its id: a run numbers its messages from 0 without gaps, so that a byte for each is enough to count them.
 */

export const RUN_PATTERN = /^[A-Za-z0-9][A-Za-z0-9-]{0,47}$/;
/** Enough for 5,000 messages a second over nearly an hour; a byte each. */
export const MAX_MESSAGES_PER_RUN = 16_777_216;

const CLOCK_PATTERN = /^[A-Za-z0-9-]{1,64}$/;
const STAMP_PATTERN = /^([A-Za-z0-9][A-Za-z0-9-]{0,47}) (\d{1,10}) (\d{1,16}) ([A-Za-z0-9-]{1,64})$/;

export interface MessageStamp {
  run: string;
  number: number;
  /** Nanoseconds of the posting machine's monotonic clock. */
  postedNs: number;
  /** Which clock that is: two that differ can't be compared. */
  clock: string;
}

export interface RouteMessage extends MessageStamp {
  record: CaseRecord;
}

/** The HTTP header that carries a stamp. A post without it gets one from the receiver. */
export const STAMP_HEADER = 'bulkhead-message';

export function stampHeader({ run, number, postedNs, clock }: MessageStamp): string {
  return `${run} ${number} ${postedNs} ${clock}`;
}

/** Null when it isn't one. */
export function readStampHeader(text: string): MessageStamp | null {
  const match = STAMP_PATTERN.exec(text);
  if (match === null) return null;
  const [, run, number, postedNs, clock] = match as unknown as [string, string, string, string, string];
  const stamp = { run, number: Number(number), postedNs: Number(postedNs), clock };
  return inBounds(stamp.number, stamp.postedNs) ? stamp : null;
}

/** What a stamp has in it needs no escapes; so JSON takes half the time. */
export function encodeMessage({ run, number, postedNs, clock, record }: RouteMessage): string {
  return `{"run":"${run}","number":${number},"postedNs":${postedNs},"clock":"${clock}","record":${JSON.stringify(record)}}`;
}

/** Null for what is no message of ours: a server that others use as well may hold anything. */
export function decodeMessage(text: string): RouteMessage | null {
  try {
    return checkMessage(JSON.parse(text));
  } catch {
    return null;
  }
}

/** By hand, as each message is checked by subscriber and receiver. Fields beyond ours are left out. */
export function checkMessage(value: unknown): RouteMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const { run, number, postedNs, clock, record } = value as Record<string, unknown>;
  const stamp = checkStamp(run, number, postedNs, clock);
  return stamp === null || !isRecord(record) ? null : messageOf(stamp, record);
}

/** Field by field: JSON takes four times as long for what was made by a spread. */
export function messageOf({ run, number, postedNs, clock }: MessageStamp, record: CaseRecord): RouteMessage {
  return { run, number, postedNs, clock, record };
}

function checkStamp(run: unknown, number: unknown, postedNs: unknown, clock: unknown): MessageStamp | null {
  if (typeof run !== 'string' || typeof clock !== 'string') return null;
  if (typeof number !== 'number' || typeof postedNs !== 'number') return null;
  const good = inBounds(number, postedNs) && RUN_PATTERN.test(run) && CLOCK_PATTERN.test(clock);
  return good ? { run, number, postedNs, clock } : null;
}

function inBounds(number: number, postedNs: number): boolean {
  return (
    Number.isInteger(number) &&
    number >= 0 &&
    number < MAX_MESSAGES_PER_RUN &&
    postedNs >= 0 &&
    postedNs <= Number.MAX_SAFE_INTEGER
  );
}
