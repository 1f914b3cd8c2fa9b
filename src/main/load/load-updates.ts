import type { LoadTally } from '../../shared/load/tally';
import type { LoadUpdate, LoadView } from '../../shared/load/view';

/** A load's view for one reader, who keeps the points: a quarter of an hour over all routes is half a megabyte. */
export class LoadUpdates {
  readonly #read: () => { view: LoadView; tally: LoadTally | null };
  #tally: LoadTally | null = null;
  #run = 0;
  /** Of the run, how many points the reader has. */
  #sent = 0;

  constructor(read: () => { view: LoadView; tally: LoadTally | null }) {
    this.#read = read;
  }

  /** For a reader that has nothing. */
  whole(): LoadUpdate {
    this.#sent = 0;
    this.#run += 1;
    return this.next();
  }

  /** What is new since the last call, which the reader has got. */
  next(): LoadUpdate {
    const { view, tally } = this.#read();
    if (tally !== this.#tally) {
      this.#tally = tally;
      this.#run += 1;
      this.#sent = 0;
    }
    const { points, ...rest } = view;
    const forgotten = tally?.forgotten ?? 0;
    const from = Math.max(forgotten, this.#sent - 1);
    this.#sent = forgotten + points.length;
    return { ...rest, points: { run: this.#run, from, list: points.slice(from - forgotten) } };
  }
}
