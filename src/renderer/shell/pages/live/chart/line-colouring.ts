import type { ChannelView } from '../../../../../shared/snapshot';
import type { ColourBy, Colouring } from '../../../charts/line-spec';
import { selectChartedChannels } from '../../../store/selectors';
import type { ShellState } from '../../../store/shell-store';
import { shareStructure } from '../../../ui/share-structure';
import { isCharted, visibleChannels } from './chart-model';

/** Dashes that the eye still tells apart at a glance. With more lines of one process, hue has to do it. */
const TELLABLE_DASHES = 6;
/** With fewer lines their dashes do, also when all are of one process. */
const FEW_LINES = 4;

/** What the hue should tell, if the person hasn't chosen: whichever tells more of the visible lines apart. */
export function betterColouring(visible: readonly ChannelView[]): ColourBy {
  const most = Math.max(0, ...linesByProcess(visible).values());
  return most > TELLABLE_DASHES || (most >= FEW_LINES && most > visible.length / 2) ? 'transport' : 'process';
}

/** By process, those with most lines first: theirs are solid. */
function linesByProcess(channels: readonly ChannelView[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { processId } of channels) lines.set(processId, (lines.get(processId) ?? 0) + 1);
  return new Map([...lines].sort(([, a], [, b]) => b - a));
}

let last: { inputs: readonly unknown[]; colouring: Colouring } | null = null;

/** How lines are coloured now. Keeps its identity while that stays the same: every row of the table asks. */
export function selectColouring(state: ShellState): Colouring {
  const { hidden, colourIndex, colourBy } = state;
  const channels = selectChartedChannels(state);
  const inputs = [channels, hidden, colourIndex, colourBy];
  if (last?.inputs.every((input, index) => input === inputs[index]) === true) return last.colouring;
  const charted = linesByProcess(channels.filter(isCharted));
  const next: Colouring = {
    by: colourBy ?? betterColouring(visibleChannels(channels, hidden)),
    colourIndex,
    dashIndex: Object.fromEntries([...charted.keys()].map((id, index) => [id, index])),
  };
  const colouring = shareStructure(last?.colouring, next);
  last = { inputs, colouring };
  return colouring;
}
