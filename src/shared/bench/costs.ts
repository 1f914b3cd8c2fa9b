/** What measuring used at one end, over a whole process. */
export interface EndCosts {
  /** On a core, nanoseconds. */
  cpuNs: number;
  /** Ready to run and waiting for a core, nanoseconds. */
  waitNs: number;
  /** Context switches: it went to sleep. */
  voluntary: number;
  /** Context switches: the core was taken from it. */
  involuntary: number;
  /** Share of the time on a core that was spent in the kernel, 0 to 1; null when it is too short to tell. */
  systemShare: number | null;
}

/** Of one round. */
export interface RoundCosts {
  pinger: EndCosts | null;
  /** Null where no process of its own answers. */
  answerer: EndCosts | null;
}

/** The floor's, per round trip, both processes together. */
export interface FloorCosts {
  cpuNs: number;
  switches: number;
}

/** The same of all rounds, per answered ping; null when no round has any, or nothing was answered. */
export function costsPerRoundTrip(
  rounds: ReadonlyArray<{ costs: RoundCosts | null; answered: number }>,
): { pinger: EndCosts; answerer: EndCosts | null } | null {
  const known = rounds.filter(({ costs }) => costs !== null);
  const answered = known.reduce((sum, round) => sum + round.answered, 0);
  if (answered === 0) return null;
  const pinger = meanOf(
    known.map(({ costs }) => costs?.pinger ?? null),
    answered,
  );
  const answerer = meanOf(
    known.map(({ costs }) => costs?.answerer ?? null),
    answered,
  );
  return pinger === null ? null : { pinger, answerer };
}

function meanOf(ends: ReadonlyArray<EndCosts | null>, answered: number): EndCosts | null {
  const known = ends.filter((end) => end !== null);
  if (known.length === 0 || known.length < ends.length) return null;
  const sum = (of: (end: EndCosts) => number) => known.reduce((total, end) => total + of(end), 0);
  const cpuNs = sum((end) => end.cpuNs);
  const told = known.every(({ systemShare }) => systemShare !== null);
  return {
    cpuNs: cpuNs / answered,
    waitNs: sum((end) => end.waitNs) / answered,
    voluntary: sum((end) => end.voluntary) / answered,
    involuntary: sum((end) => end.involuntary) / answered,
    systemShare: told && cpuNs > 0 ? sum((end) => end.cpuNs * (end.systemShare ?? 0)) / cpuNs : null,
  };
}
