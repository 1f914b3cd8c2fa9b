import { z } from 'zod';
import type { Anatomies, Anatomy } from './measure/anatomy';
import type { Message } from './messages/message';

/** What the anatomy view asks for, and what it shows of one channel. */

const timeNs = z.number().nonnegative();
const sequence = z.number().int().nonnegative();

/** Which single ping is to be taken apart. */
export const pingChoiceSchema = z.discriminatedUnion('kind', [
  /** The answered one that lies nearest to a point of the chart. */
  z.strictObject({
    kind: z.literal('near'),
    atNs: timeNs,
    withinNs: timeNs,
    rttNs: timeNs,
    timing: z.enum(['sent', 'intended']),
  }),
  /** Of the stretch of time. */
  z.strictObject({ kind: z.literal('slowest') }),
  z.strictObject({ kind: z.literal('this'), sequence }),
  /** The answered one before it, or after it. */
  z.strictObject({ kind: z.literal('before'), sequence }),
  z.strictObject({ kind: z.literal('after'), sequence }),
]);
export type PingChoice = z.infer<typeof pingChoiceSchema>;

/** Null is the last 30 s, as in the table. */
export const anatomyStretchSchema = z.strictObject({ fromNs: timeNs, toNs: timeNs }).nullable();
export type AnatomyStretch = z.infer<typeof anatomyStretchSchema>;

export interface AnatomyView {
  fromNs: number;
  toNs: number;
  /** Answered pings of that time, the newest few thousand. */
  answered: number;
  /** Those of them whose stages were measured. */
  staged: number;
  anatomies: Anatomies;
  /** Null when none was chosen, or there is none such. */
  ping: PingView | null;
}

export interface PingView {
  sequence: number;
  intendedNs: number;
  /** From the intended send. */
  rttNs: number;
  /** Null when its stages were not measured. */
  anatomy: Anatomy | null;
}

export type AnatomyOutcome = { ok: true; view: AnatomyView } | { ok: false; message: Message };
