import type { StageId, StagePoint, StageSide } from '../../../../shared/measure/stages';
import { stageSide } from '../../../../shared/measure/stages';

/** How a stage is drawn: told apart by its number and hatching too, not by hue alone. */
export interface StageLook {
  fill: string;
  hatched: boolean;
}

/**
 * Ours are blue, the peer's red-brown, waiting for either yellow and hatched: apart for every colour vision, and light
 * enough for dark figures in both themes.
 */
const FILLS = {
  'own-1': '#c9e2f5',
  'own-2': '#8fc1e8',
  'own-3': '#b0d2ee',
  'wait-1': '#f5d66e',
  'wait-2': '#f8e5a6',
  'peer-1': '#f2c4b2',
  'peer-2': '#e59a7e',
  'peer-3': '#f7dcd1',
  both: '#c7d0d7',
} as const;
/** Of what is written on them. */
export const STAGE_INK = '#13212b';

const LOOKS: Partial<Record<StageId, keyof typeof FILLS>> = {
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
const OF_SIDE: Record<StageSide, keyof typeof FILLS> = { own: 'own-2', peer: 'peer-2', between: 'both' };

export function stageLook(stage: { id: StageId; from: StagePoint; to: StagePoint }): StageLook {
  const name = LOOKS[stage.id] ?? OF_SIDE[stageSide(stage)];
  return { fill: FILLS[name], hatched: name.startsWith('wait') || name === 'both' };
}
