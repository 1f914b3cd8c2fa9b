export type ReadStretch = { ok: true; fromNs: number; toNs: number } | { ok: false; message: string };

/** What a person typed as the ends of a stretch, in seconds of the recording, which is `nowNs` long. */
export function readStretch(from: string, to: string, nowNs: number): ReadStretch {
  const [fromS, toS] = [seconds(from), seconds(to)];
  if (fromS === null || toS === null) return refused('Times are seconds of the recording, such as 16.7.');
  if (fromS >= toS) return refused('The stretch has to end after it begins.');
  if (fromS * 1e9 >= nowNs) return refused(`The recording has only ${(nowNs / 1e9).toFixed(1)} s so far.`);
  return { ok: true, fromNs: fromS * 1e9, toNs: toS * 1e9 };
}

function seconds(text: string): number | null {
  return /^\d+(?:[.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : null;
}

function refused(message: string): ReadStretch {
  return { ok: false, message };
}
