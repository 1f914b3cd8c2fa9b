import { render, words } from '../messages/message';
import { type Stage, type StageId, stagesOf, type StagePoint, stageTitle } from '../measure/stages';
import type { TraceSample } from './trace';

/** A stretch of time in which a ping was at one of its two processes. */
export interface Slice {
  name: string;
  fromNs: number;
  toNs: number;
  /** Frames that leave, or arrive, as it begins. */
  hops: Hop[];
}

export interface Hop {
  frame: 'ping' | 'pong';
  end: 'leaves' | 'arrives';
}

/** The slices of a ping at each of its ends, in order; `far` is empty where nothing is known of it. */
export interface PingSlices {
  near: Slice[];
  far: Slice[];
}

/** The points that a ping passes at the peer's. What it waits for until then is that process. */
const FAR: ReadonlySet<StagePoint> = new Set(['peerRead', 'peerTook', 'peerAnswered', 'peerWrote']);

/** Of an answered ping: a slice for each stage, in the process that the ping was with or waited for. */
export function pingSlices(sample: TraceSample, peer: string): PingSlices {
  const slices: PingSlices = { near: [], far: [] };
  for (const stage of placed(stagesOf(sample), sample)) {
    const { fromNs, toNs } = stage;
    slices[FAR.has(stage.to) ? 'far' : 'near'].push({ name: nameOf(stage, peer), fromNs, toNs, hops: [] });
  }
  const { near, far } = slices;
  const arrival = far[0];
  if (arrival === undefined) return slices;
  near.findLast(({ toNs }) => toNs <= arrival.fromNs)?.hops.push({ frame: 'ping', end: 'leaves' });
  arrival.hops.push({ frame: 'ping', end: 'arrives' });
  far.at(-1)?.hops.push({ frame: 'pong', end: 'leaves' });
  near.find(({ fromNs }) => fromNs >= (far.at(-1)?.toNs ?? 0))?.hops.push({ frame: 'pong', end: 'arrives' });
  return slices;
}

interface PlacedStage extends Pick<Stage, 'from' | 'to'> {
  id: StageId;
  fromNs: number;
  toNs: number;
}

/** Stages of which it isn't known when they were are one with those beside them. */
function placed(stages: readonly Stage[], { sentNs, rttNs }: TraceSample): PlacedStage[] {
  const found: PlacedStage[] = [];
  for (const [at, { id, from, to, startNs, ns }] of stages.entries()) {
    if (startNs !== null) {
      found.push({ id, from, to, fromNs: startNs, toNs: startNs + ns });
      continue;
    }
    if (stages[at - 1]?.startNs === null) continue;
    const next = stages.slice(at).find((stage) => stage.startNs !== null);
    const end = next?.from ?? 'done';
    found.push({
      id: `${from}-${end}`,
      from,
      to: end,
      fromNs: found.at(-1)?.toNs ?? sentNs,
      toNs: next?.startNs ?? sentNs + rttNs,
    });
  }
  return found;
}

function nameOf(stage: PlacedStage, peer: string): string {
  if (stage.id === 'sent-done') return words('trace.round-trip');
  const key = `${peer}/${stage.id}`;
  const known = names.get(key) ?? render(stageTitle(stage, peer));
  names.set(key, known);
  return known;
}

/** Some dozen: words are not made anew for every ping. */
const names = new Map<string, string>();
