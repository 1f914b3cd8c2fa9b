import type { DataPath, Thread, Placement } from '../../../../shared/bench/request';
import type { BenchForm } from '../../../../shared/bench-window/form';
import { BENCH_LIMITS as LIMITS } from '../../../../shared/bench-window/limits';
import type { BenchMethod } from '../../../../shared/bench-window/view';
import { formatCount } from '../../../../shared/format';
import { ENABLED_FROM_THE_START, type TransportId } from '../../../../shared/transport-catalog';
import { readNumber } from '../../ui/read-number';
import { parseSizes } from './sizes';

/** The form as it stands: numbers are what the person typed, right or wrong. */
export interface BenchDraft {
  methods: ReadonlySet<TransportId>;
  allRoutes: boolean;
  sizes: string;
  placement: Placement;
  io: DataPath;
  thread: Thread;
  mode: 'closed' | 'open';
  cycles: string;
  rate: string;
  duration: string;
  rounds: string;
  warmup: string;
  timeout: string;
  floor: boolean;
  anatomy: boolean;
  keepLive: boolean;
}

export type DraftField = 'methods' | 'sizes' | NumberField;
export type NumberField = 'cycles' | 'rate' | 'duration' | 'rounds' | 'warmup' | 'timeout';

/** What is wrong with each field, in words. */
export type Refusals = Partial<Record<DraftField, string>>;

/** As they stand before the fields, in the form's order. */
export const FIELD_LABELS: Record<DraftField, string> = {
  methods: 'Methods',
  sizes: 'Payload',
  cycles: 'Cycles',
  rate: 'Rate',
  duration: 'Duration',
  rounds: 'Rounds',
  warmup: 'Warm-up',
  timeout: 'Lost after',
};
const FIELDS = Object.keys(FIELD_LABELS) as DraftField[];

/** The numbers are those that `bulkhead bench` starts from. */
export const FIRST_DRAFT: BenchDraft = {
  methods: ENABLED_FROM_THE_START,
  allRoutes: false,
  sizes: '64 B',
  placement: 'free',
  io: 'native',
  thread: 'main',
  mode: 'closed',
  cycles: '10,000',
  rate: '1,000',
  duration: '10',
  rounds: '3',
  warmup: '1,000',
  timeout: '2,000',
  floor: true,
  anatomy: false,
  keepLive: false,
};

export type ReadDraft = { kind: 'form'; form: BenchForm } | { kind: 'refused'; refusals: Refusals };

/** The form's content as a request, or what is wrong with it. Fields that the mode has no use for are not looked at. */
export function readDraft(draft: BenchDraft, methods: readonly BenchMethod[]): ReadDraft {
  const refusals: Refusals = {};
  const chosen = methods.filter(({ id, unavailable }) => unavailable === null && draft.methods.has(id));
  if (chosen.length === 0) refusals.methods = 'Choose at least one.';
  const sizes = parseSizes(draft.sizes);
  if ('refusal' in sizes) refusals.sizes = sizes.refusal;
  const number = (field: NumberField, limits: { min: number; max: number }, whole = true): number => {
    const read = readNumber(draft[field], limits, whole);
    if (typeof read === 'number') return read;
    refusals[field] = read.refusal;
    return limits.min;
  };
  const mode: BenchForm['mode'] =
    draft.mode === 'closed'
      ? { kind: 'closed', cycles: number('cycles', LIMITS.cycles) }
      : {
          kind: 'open',
          ratePerSecond: number('rate', LIMITS.ratePerSecond),
          durationS: number('duration', LIMITS.durationS, false),
        };
  if (mode.kind === 'open' && mode.ratePerSecond * mode.durationS > LIMITS.cycles.max)
    refusals.duration ??= `At most ${formatCount(LIMITS.cycles.max)} messages in all`;
  const form: BenchForm = {
    methods: chosen.map(({ id }) => id),
    allRoutes: draft.allRoutes,
    sizes: 'sizes' in sizes ? sizes.sizes : [],
    placement: draft.placement,
    io: draft.io,
    thread: draft.thread,
    mode,
    rounds: number('rounds', LIMITS.rounds),
    warmup: number('warmup', LIMITS.warmup),
    timeoutMs: number('timeout', LIMITS.timeoutMs),
    floor: draft.floor,
    anatomy: draft.anatomy,
    keepLive: draft.keepLive,
  };
  return Object.keys(refusals).length > 0 ? { kind: 'refused', refusals } : { kind: 'form', form };
}

/** What keeps a run from starting: the first field that is wrong with what it takes, and the names of the others. */
export function refusalWords(refusals: Refusals): string {
  const [first, ...others] = FIELDS.filter((field) => refusals[field] !== undefined);
  if (first === undefined) return '';
  const also = others.length === 0 ? '' : ` Also ${others.map((field) => FIELD_LABELS[field]).join(', ')}.`;
  return `${FIELD_LABELS[first]}: ${refusals[first]?.replace(/\.$/, '')}.${also}`;
}
