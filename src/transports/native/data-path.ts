import type { DataPath } from '../../shared/bench/request';
import { TRANSPORT_IDS, type TransportId, TRANSPORTS } from '../../shared/transport-catalog';
import { nativeAvailability } from './addon';

/**
 * Who reads and writes a channel's descriptors: the addon, or Node.js alone. Both carry the same frames, so the two ends
 * of a channel needn't agree. Node.js alone is what there is without the addon, and what `--io node` asks for, to see
 * what the addon saves.
 */

/** The environment variable that the benchmark sets for its children. */
export const DATA_PATH_VARIABLE = 'BULKHEAD_IO';

/** The transports that have both ways. */
export const BOTH_WAYS: readonly TransportId[] = TRANSPORT_IDS.filter((id) => TRANSPORTS[id].dataPath === 'either');

export function dataPath(): DataPath {
  return process.env[DATA_PATH_VARIABLE] !== 'node' && nativeAvailability().available ? 'native' : 'node';
}

/** Who moves this transport's bytes in this process's children; null for what is neither's choice. */
export function dataPathOf(transport: TransportId): DataPath | null {
  const { dataPath: which } = TRANSPORTS[transport];
  return which === 'either' ? dataPath() : which;
}
