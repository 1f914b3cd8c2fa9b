import { expect, test } from 'vitest';
import { benchRequestSchema, MAX_CYCLES, MAX_SIZE_BYTES } from '../bench/request';
import { TRANSPORT_IDS } from '../transport-catalog';
import { type BenchForm, benchFormSchema, requestOf } from './form';
import { BENCH_LIMITS } from './limits';

test("the window's bounds are the benchmark's own", () => {
  expect(BENCH_LIMITS.cycles.max).toBe(MAX_CYCLES);
  expect(BENCH_LIMITS.sizeBytes.max).toBe(MAX_SIZE_BYTES);
});

test.each(['min', 'max'] as const)('what the form takes at its %s, the benchmark takes', (end) => {
  const at = (limits: { min: number; max: number }) => limits[end];
  const form: BenchForm = {
    methods: [...TRANSPORT_IDS],
    allRoutes: end === 'max',
    sizes: [at(BENCH_LIMITS.sizeBytes)],
    placement: 'cross-core',
    io: 'native',
    thread: 'main',
    mode: { kind: 'closed', cycles: at(BENCH_LIMITS.cycles) },
    rounds: at(BENCH_LIMITS.rounds),
    warmup: at(BENCH_LIMITS.warmup),
    timeoutMs: at(BENCH_LIMITS.timeoutMs),
    floor: false,
    keepLive: true,
  };
  const open = { kind: 'open', ratePerSecond: BENCH_LIMITS.ratePerSecond[end], durationS: 1 } as const;
  for (const mode of [form.mode, open]) {
    const asked = requestOf(benchFormSchema.parse({ ...form, mode }));
    expect(benchRequestSchema.parse(asked)).toEqual(asked);
  }
});
