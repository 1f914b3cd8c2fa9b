import { useState } from 'react';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { labelOf } from '../../../../../shared/bench/run-names';
import { formatCount, formatDuration } from '../../../../../shared/format';
import { ANATOMY_PERCENTILES } from '../../../../../shared/measure/anatomy';
import type { StageId } from '../../../../../shared/measure/stages';
import { peerOf, takenApart } from '../../../../../shared/bench/anatomy';
import { type NamedBar, StageBars, StageTable } from '../../../charts/stages/stage-bars';
import { numberedStages } from '../../../charts/stages/stage-layout';
import classes from './run-anatomies.module.css';

interface Props {
  /** Those whose stages were measured: at least one. */
  staged: readonly BenchRun[];
  /** All that are shown: a run is named so that it is told from these. */
  runs: readonly BenchRun[];
}

/** Where the time of a run's round trips went, for one at a time. */
export function RunAnatomies({ staged, runs }: Props) {
  const [chosen, setChosen] = useState('');
  const run = staged.find((each) => labelOf(each, runs) === chosen) ?? staged[0];
  if (run === undefined) return null;
  const label = labelOf(run, runs);
  const bars = barsOf(run);
  const stages = numberedStages(bars);
  const peer = peerOf(run.route);
  const of = takenApart(run);
  return (
    <section
      className={classes['anatomies']}
      aria-label="Where the time goes"
      tabIndex={0}
      data-testid="bench-anatomies"
    >
      {staged.length > 1 && (
        <label className={classes['choice']}>
          Run
          <select data-testid="bench-anatomy-run" value={label} onChange={({ target }) => setChosen(target.value)}>
            {staged.map((each) => (
              <option key={labelOf(each, runs)}>{labelOf(each, runs)}</option>
            ))}
          </select>
        </label>
      )}
      {of !== null && <p>{of} were taken apart.</p>}
      <ul className={classes['sentences']} data-testid="bench-anatomy-sentences">
        {run.detail?.anatomy?.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <StageBars bars={bars} stages={stages} scale="share" peer={peer} />
      <StageTable
        bars={bars}
        stages={stages}
        peer={peer}
        sum="Round trip, from the intended send"
        caption={`Stages of ${label}, in µs and in per cent of a round trip`}
      />
    </section>
  );
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
