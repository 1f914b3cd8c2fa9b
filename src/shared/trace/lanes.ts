/**
 * Rows for slices that may overlap. A viewer takes the slices of a row for calls within calls, so two pings that are
 * under way at a time need a row each.
 */
export class Lanes {
  /** When each row is free again. */
  readonly #freeAtNs: number[] = [];

  /** The first row that is free at `fromNs`; it is taken until `toNs`. Later calls must not begin earlier. */
  take(fromNs: number, toNs: number): number {
    const free = this.#freeAtNs.findIndex((atNs) => atNs <= fromNs);
    const lane = free === -1 ? this.#freeAtNs.length : free;
    this.#freeAtNs[lane] = toNs;
    return lane;
  }
}
