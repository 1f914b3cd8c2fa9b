import { nowNs } from '../node/clock';

export { nowNs };

/** Wall-clock time of the recording's zero, which is that of the clock. */
export const recordingBeganAt = new Date(Date.now() - nowNs() / 1e6);
