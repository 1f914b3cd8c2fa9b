import type { StageId, StagePoint, StageSide } from '../../../../shared/measure/stages';
import { stageSide } from '../../../../shared/measure/stages';

/** How a stage is drawn: told apart by its number and hatching too, not by hue alone. */
export interface StageLook {
  /** A custom property of `stage-bars.module.css`, by name. */
  fill: string;
  hatched: boolean;
}

/** Ours are blue, the peer's red-brown, waiting for either yellow and hatched: apart for every colour vision. */
const LOOKS: Partial<Record<StageId, string>> = {
  'due-sent': 'own-1',
  'sent-wrote': 'own-2',
  'wrote-peerRead': 'wait-1',
  'wrote-peerTook': 'wait-1',
  'peerRead-peerTook': 'peer-1',
  'peerTook-peerAnswered': 'peer-2',
  'peerAnswered-peerWrote': 'peer-3',
  'peerWrote-read': 'wait-2',
  'peerWrote-done': 'wait-2',
  'read-done': 'own-3',
};
const OF_SIDE: Record<StageSide, string> = { own: 'own-2', peer: 'peer-2', between: 'both' };

export function stageLook(stage: { id: StageId; from: StagePoint; to: StagePoint }): StageLook {
  const fill = LOOKS[stage.id] ?? OF_SIDE[stageSide(stage)];
  return { fill, hatched: fill.startsWith('wait') || fill === 'both' };
}
