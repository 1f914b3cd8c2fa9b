import { useEffect, useState } from 'react';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { labelOf } from '../../../../../shared/bench/run-names';
import { StageBars, StageTable } from '../../../charts/stages/stage-bars';
import { useShell } from '../../../store/shell-store';
import { STAGES_SUM, stagesOf } from './run-stages';
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
  const label = run === undefined ? '' : labelOf(run, runs);
  const showStages = useShell((s) => s.showStages);
  useEffect(() => {
    showStages(run === undefined ? null : { run, label });
    return () => showStages(null);
  }, [run, label, showStages]);
  if (run === undefined) return null;
  const { bars, stages, peer, sentences, takenApart } = stagesOf(run);
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
      {takenApart !== null && <p>{takenApart} were taken apart.</p>}
      <ul className={classes['sentences']} data-testid="bench-anatomy-sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <StageBars bars={bars} stages={stages} scale="share" peer={peer} />
      <StageTable
        bars={bars}
        stages={stages}
        peer={peer}
        sum={STAGES_SUM}
        caption={`Stages of ${label}, in µs and in per cent of a round trip`}
      />
    </section>
  );
}
