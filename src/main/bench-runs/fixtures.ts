import type { BenchResult } from '../../shared/bench/schema';

/** A sound result of nothing, for tests. */
export const EMPTY_RESULT: BenchResult = {
  version: 1,
  environment: {
    began_at: '2026-01-31T12:00:00.000Z',
    interrupted: false,
    bulkhead: '0',
    electron: '0',
    chrome: '0',
    node: '0',
    v8: '0',
    runtime_origin: 'installed',
    os: 'linux',
    cpu: 'x',
    cores: 2,
    memory_bytes: 1,
    sandboxed: true,
    load_average: 0,
    max_dgram_qlen: 10,
    clock: null,
  },
  runs: [],
};
