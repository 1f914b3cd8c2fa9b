import { type Message, say } from '../messages/message';
import type { Sample } from './sample-columns';

/**
 * The stages of a round trip: what lies between two points that a ping passes. However many of the points were seen, the
 * stages follow one another without a gap, are never negative, and add up to the round trip from the intended send.
 */

/** In the order in which a ping passes them. `done`: our JavaScript has the answer. */
export const STAGE_POINTS = [
  'due',
  'sent',
  'wrote',
  'peerRead',
  'peerTook',
  'peerAnswered',
  'peerWrote',
  'read',
  'done',
] as const;
export type StagePoint = (typeof STAGE_POINTS)[number];

/** What makes a stage comparable with that of another ping: where it begins and ends. */
export type StageId = `${StagePoint}-${StagePoint}` | 'there-and-back';

export interface Stage {
  id: StageId;
  from: StagePoint;
  to: StagePoint;
  /** On the clock of the sample. Null when it is known how long it took, but not when. */
  startNs: number | null;
  ns: number;
}

/** Who a stage is spent with: our process, the peer's, or whatever is between the two. */
export type StageSide = 'own' | 'peer' | 'between';

/** Stages with every point seen. */
export const STAGES = [
  { id: 'due-sent', side: 'own' },
  { id: 'sent-wrote', side: 'own' },
  { id: 'wrote-peerRead', side: 'between' },
  { id: 'peerRead-peerTook', side: 'peer' },
  { id: 'peerTook-peerAnswered', side: 'peer' },
  { id: 'peerAnswered-peerWrote', side: 'peer' },
  { id: 'peerWrote-read', side: 'between' },
  { id: 'read-done', side: 'own' },
] as const satisfies ReadonlyArray<{ id: StageId; side: StageSide }>;

/** Merged stages that have a name of their own, and not only a beginning and an end. */
const NAMED = ['wrote-peerTook', 'peerWrote-done', 'wrote-done', 'there-and-back'] as const satisfies StageId[];

type Timed = Pick<Sample, 'intendedNs' | 'sentNs' | 'rttNs'> & Partial<Sample>;

/**
 * The stages of one ping, in order; none of one that wasn't answered. A point that wasn't seen joins the stages before
 * and behind it.
 *
 * Points may come out of order: the peer can have a message before our own call returns. Then the earlier point is put
 * back to the later one, whose time is that by which the message moved on; what our call took beyond that held up nothing.
 *
 * Of a peer with a clock of its own nothing is shown that is smaller than that clock's error. How long it took for its
 * answer needs no common clock: then what is left, before and behind it, is one stage, `there-and-back`, in which the
 * answer lies somewhere.
 */
export function stagesOf(sample: Timed): Stage[] {
  const doneNs = sample.sentNs + sample.rttNs;
  if (Number.isNaN(doneNs)) return [];
  const { peerTookNs: tookNs = Number.NaN, peerAnsweredNs: answeredNs = Number.NaN, peerErrorNs: errorNs = 0 } = sample;
  const own = { due: sample.intendedNs, sent: sample.sentNs, wrote: sample.wroteNs, read: sample.readNs, done: doneNs };
  if (!(errorNs > 0)) {
    const { peerReadNs: peerRead, peerWroteNs: peerWrote } = sample;
    return between(inOrder({ ...own, peerRead, peerTook: tookNs, peerAnswered: answeredNs, peerWrote }));
  }
  const times = inOrder(own);
  const [before, behind] = [times.wrote ?? sample.sentNs, times.read ?? doneNs];
  const answers = answeredNs - tookNs >= errorNs;
  if (tookNs - before >= errorNs && behind - answeredNs >= errorNs)
    return between(inOrder({ ...own, peerTook: tookNs, peerAnswered: answers ? answeredNs : Number.NaN }));
  if (!answers) return between(times);
  return around(between(times), { from: times.wrote === undefined ? 'sent' : 'wrote', ns: answeredNs - tookNs });
}

/** What happens in it, as in `81 % of p99: …`. `peer` is what answers, in one word, such as `plugin`. */
export function stageTitle({ id, from, to }: Pick<Stage, 'id' | 'from' | 'to'>, peer: string): Message {
  return isNamed(id)
    ? say(`stage.${id}`, { peer })
    : say('stage.between', { from: say(`point.${from}`, { peer }), to: say(`point.${to}`, { peer }) });
}

/** The side of its first part; of one that reaches over both processes: between. */
export function stageSide({ from, to }: Pick<Stage, 'from' | 'to'>): StageSide {
  const [first, end] = [STAGE_POINTS.indexOf(from), STAGE_POINTS.indexOf(to)];
  const sides = new Set<StageSide>(STAGES.slice(first, end).map(({ side }) => side));
  return sides.size === 1 ? ([...sides][0] as StageSide) : 'between';
}

type Times = Partial<Record<StagePoint, number | undefined>>;

/** Those that were seen, none after what follows it and none before the send. */
function inOrder(seen: Times & { sent: number }): Times {
  const times: Times = { due: Math.min(seen.due ?? seen.sent, seen.sent) };
  let latest = Number.POSITIVE_INFINITY;
  for (const point of STAGE_POINTS.slice(1).toReversed()) {
    const ns = seen[point];
    if (ns === undefined || Number.isNaN(ns)) continue;
    latest = Math.max(seen.sent, Math.min(latest, ns));
    times[point] = latest;
  }
  return times;
}

function between(times: Times): Stage[] {
  const points = STAGE_POINTS.filter((point) => times[point] !== undefined);
  return points.slice(1).map((to, at) => {
    const from = points[at] as StagePoint;
    const startNs = times[from] as number;
    return { id: `${from}-${to}`, from, to, startNs, ns: (times[to] as number) - startNs };
  });
}

/** Takes the peer's answer, which took `ns`, out of the stage that begins at `from`. */
function around(stages: Stage[], { from, ns }: { from: StagePoint; ns: number }): Stage[] {
  return stages.flatMap((stage) => {
    if (stage.from !== from) return [stage];
    const answer = Math.min(ns, stage.ns);
    return [
      { ...stage, id: 'there-and-back', startNs: null, ns: stage.ns - answer },
      { id: 'peerTook-peerAnswered', from: 'peerTook', to: 'peerAnswered', startNs: null, ns: answer },
    ];
  });
}

type NamedStage = (typeof STAGES)[number]['id'] | (typeof NAMED)[number];

function isNamed(id: StageId): id is NamedStage {
  return (NAMED as readonly StageId[]).includes(id) || STAGES.some((stage) => stage.id === id);
}
