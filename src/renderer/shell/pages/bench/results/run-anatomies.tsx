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

/** Where the time of each run's round trips went, for those whose stages were measured. */
export function RunAnatomies({ runs }: { runs: readonly BenchRun[] }) {
  const staged = runs.filter(({ detail }) => (detail?.anatomy ?? null) !== null);
  const [chosen, setChosen] = useState(0);
  const run = staged[Math.min(chosen, staged.length - 1)];
  if (run === undefined) return null;
  const bars = barsOf(run);
  const stages = numberedStages(bars);
  const peer = peerOf(run.route);
  const of = takenApart(run);
  return (
    <details className={classes['anatomies']} data-testid="bench-anatomies">
      <summary>Where the time goes</summary>
      {staged.length > 1 && (
        <label>
          Run{' '}
          <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {staged.map((each, at) => (
              <option key={labelOf(each, runs)} value={at}>
                {labelOf(each, runs)}
              </option>
            ))}
          </select>
        </label>
      )}
      {of !== null && <p>{of} were taken apart.</p>}
      <ul>
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
        caption={`Stages of ${labelOf(run, runs)}, in µs and in per cent of a round trip`}
      />
    </details>
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
