import { z } from 'zod';

/**
 * The rules of the published Trace Event Format, as far as Bulkhead writes it, and those that Perfetto's importer adds:
 * slices of a row nest, rows are named by `tid` alone, and a flow is bound to the slice that is open at its event.
 */

const at = { pid: z.number().int().nonnegative(), tid: z.number().int().nonnegative(), ts: z.number().nonnegative() };
const args = z.record(z.string(), z.unknown());
const named = { name: z.string().min(1), cat: z.string().min(1) };

const eventSchema = z.discriminatedUnion('ph', [
  z.strictObject({ ph: z.literal('B'), ...named, ...at, args: args.optional() }),
  z.strictObject({ ph: z.literal('E'), ...at }),
  z.strictObject({ ph: z.literal('i'), ...named, ...at, s: z.enum(['t', 'p', 'g']), args: args.optional() }),
  z.strictObject({ ph: z.literal('C'), ...named, ...at, args: z.record(z.string(), z.number()) }),
  z.strictObject({ ph: z.literal('s'), ...named, ...at, id: z.number().int().positive() }),
  z.strictObject({ ph: z.literal('f'), ...named, ...at, id: z.number().int().positive(), bp: z.literal('e') }),
  z.strictObject({
    ph: z.literal('M'),
    ...at,
    cat: z.literal('__metadata'),
    name: z.enum(['process_name', 'process_labels', 'process_sort_index', 'thread_name', 'thread_sort_index']),
    args,
  }),
]);
export type TraceEvent = z.infer<typeof eventSchema>;

const traceSchema = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  metadata: z.record(z.string(), z.unknown()),
  traceEvents: z.array(eventSchema),
});
export type TraceFile = z.infer<typeof traceSchema>;

export interface TraceSlice {
  name: string;
  pid: number;
  tid: number;
  fromUs: number;
  toUs: number;
  depth: number;
}

/** A trace as a viewer has it: its slices, and which slices its arrows join. */
export interface ReadTrace {
  file: TraceFile;
  slices: TraceSlice[];
  arrows: Array<{ from: TraceSlice; to: TraceSlice }>;
  /** By pid. */
  processes: Map<number, string>;
  /** By tid. */
  rows: Map<number, string>;
}

/** Reads a trace as an importer does. Throws with the rule that is broken. */
export function readTrace(text: string): ReadTrace {
  const file = traceSchema.parse(JSON.parse(text));
  const open = new Map<number, TraceSlice[]>();
  const owners = new Map<number, number>();
  const starts = new Map<number, { name: string; slice: TraceSlice }>();
  const read: ReadTrace = { file, slices: [], arrows: [], processes: new Map(), rows: new Map() };
  // By time; what has one time stays in the order of the file.
  for (const event of file.traceEvents.toSorted((a, b) => a.ts - b.ts)) {
    const { pid, tid } = event;
    if ((owners.get(tid) ?? pid) !== pid)
      throw new Error(`row ${tid} is of two processes, ${owners.get(tid)} and ${pid}`);
    owners.set(tid, pid);
    const stack = open.get(tid) ?? [];
    open.set(tid, stack);
    switch (event.ph) {
      case 'B': {
        const slice = { name: event.name, pid, tid, fromUs: event.ts, toUs: Number.NaN, depth: stack.length };
        stack.push(slice);
        read.slices.push(slice);
        break;
      }
      case 'E': {
        const slice = stack.pop();
        if (slice === undefined) throw new Error(`an end without a beginning at ${event.ts} in row ${tid}`);
        slice.toUs = event.ts;
        break;
      }
      case 's': {
        const slice = stack.at(-1);
        if (slice === undefined) throw new Error(`flow ${event.id} starts outside of every slice`);
        if (starts.has(event.id)) throw new Error(`flow ${event.id} starts twice`);
        starts.set(event.id, { name: event.name, slice });
        break;
      }
      case 'f': {
        const start = starts.get(event.id);
        const to = stack.at(-1);
        if (to === undefined) throw new Error(`flow ${event.id} ends outside of every slice`);
        if (start === undefined) throw new Error(`flow ${event.id} ends before it starts, or twice`);
        if (start.name !== event.name) throw new Error(`flow ${event.id} has two names`);
        read.arrows.push({ from: start.slice, to });
        starts.delete(event.id);
        break;
      }
      case 'M':
        if (event.name === 'process_name') read.processes.set(pid, String(event.args['name']));
        if (event.name === 'thread_name') read.rows.set(tid, String(event.args['name']));
        break;
      case 'i':
      case 'C':
        break;
    }
  }
  for (const [tid, stack] of open)
    if (stack.length > 0) throw new Error(`row ${tid} ends inside ${stack.at(-1)?.name}`);
  if (starts.size > 0) throw new Error(`flow ${[...starts.keys()][0]} has no end`);
  for (const tid of open.keys())
    if (!read.rows.has(tid) && !read.processes.has(tid)) throw new Error(`row ${tid} has no name`);
  for (const pid of owners.values()) if (!read.processes.has(pid)) throw new Error(`process ${pid} has no name`);
  return read;
}
