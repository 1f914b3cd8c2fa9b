import { peerOf, takenApart } from '../../../../../shared/bench/anatomy';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { formatCount, formatDuration } from '../../../../../shared/format';
import { ANATOMY_PERCENTILES } from '../../../../../shared/measure/anatomy';
import type { StageId } from '../../../../../shared/measure/stages';
import type { NamedBar } from '../../../charts/stages/stage-bars';
import { numberedStages } from '../../../charts/stages/stage-layout';

/** Of the table under the bars. */
export const STAGES_SUM = 'Round trip, from the intended send';

/** Where the time of a run's round trips went, as the page and a picture of it tell it. */
export function stagesOf(run: BenchRun) {
  const bars = barsOf(run);
  return {
    bars,
    stages: numberedStages(bars),
    peer: peerOf(run.route),
    sentences: run.detail?.anatomy?.sentences ?? [],
    takenApart: takenApart(run),
  };
}

function barsOf({ detail }: BenchRun): Array<NamedBar & { head: string }> {
  return ANATOMY_PERCENTILES.map((id) => {
    const its = detail?.anatomy?.[id];
    const anatomy =
      its === undefined
        ? null
        : {
            pings: its.pings,
            rttNs: its.rtt_ns,
            stages: its.stages.map((stage) => ({ ...stage, id: stage.id as StageId })),
          };
    return {
      ...{ id, name: id, head: id, anatomy },
      about: `of ${formatCount(anatomy?.pings ?? 0)} pings`,
      total: formatDuration(anatomy?.rttNs ?? null),
    };
  });
}
