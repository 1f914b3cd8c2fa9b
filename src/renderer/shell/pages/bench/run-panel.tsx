import type { BenchProgress } from '../../../../shared/bench/progress';
import type { BenchRunState, LastRun } from '../../../../shared/bench-window/view';
import { nameOnRoute } from '../../../../shared/bench/routes';
import { formatBytes } from '../../../../shared/format';
import { render } from '../../../../shared/messages/message';
import { act } from '../../bridge';
import { Icon } from '../../ui/icons';
import { useShell } from '../../store/shell-store';
import type { ReadDraft } from './bench-draft';
import { estimateMs, pathCount, roughly } from './estimate';

interface Props {
  read: ReadDraft;
}

/** Run and Stop, and how far it is. As high in every state, so that nothing around it moves. */
export function RunPanel({ read }: Props) {
  const run = useShell((s) => s.bench?.run);
  if (run?.kind === 'running') return <Running run={run} />;
  return (
    <footer className="bench-run" data-testid="bench-run" data-kind="idle">
      <div className="bench-run-said">
        {run !== undefined && <Last last={run.last} />}
        {read.kind === 'refused' && <p className="bench-note">Something above is not right yet.</p>}
        {read.kind === 'form' && run?.last.kind !== 'failed' && <p className="bench-note">{plan(read)}</p>}
      </div>
      <button type="submit" className="button is-primary" data-testid="bench-start" disabled={run === undefined}>
        <Icon name="play" /> Run
      </button>
    </footer>
  );
}

function plan({ form }: Extract<ReadDraft, { kind: 'form' }>): string {
  const runs = pathCount(form) * form.sizes.length;
  const rounds = `${form.rounds} ${form.rounds === 1 ? 'round' : 'rounds'}`;
  const what = `${runs} ${runs === 1 ? 'run' : 'runs'} in ${rounds}, roughly ${roughly(estimateMs(form))}.`;
  return form.keepLive ? `${what} The live channels go on, and disturb.` : `${what} The live channels rest meanwhile.`;
}

function Last({ last }: { last: LastRun }) {
  switch (last.kind) {
    case 'none':
    case 'measured':
      return null;
    case 'nothing':
      return <p data-testid="bench-nothing">Stopped before anything was measured.</p>;
    case 'failed':
      return (
        <p className="is-bad bench-failure" role="alert" data-testid="bench-failure">
          {render(last.reason)}
        </p>
      );
  }
}

function Running({ run }: { run: Extract<BenchRunState, { kind: 'running' }> }) {
  const { progress, stopping } = run;
  return (
    <footer className="bench-run" data-testid="bench-run" data-kind="running">
      <div className="bench-run-said" data-testid="bench-progress">
        <progress aria-label="Of the whole run" {...(progress === null ? {} : { value: doneOf(progress), max: 1 })} />
        <p>{progress === null ? 'Starting…' : <Where progress={progress} />}</p>
        <p className="bench-note">
          {stopping ? 'Stopping. What was measured so far is kept.' : progress === null ? ' ' : left(progress)}
        </p>
      </div>
      <button
        type="button"
        className="button is-danger"
        data-testid="bench-stop"
        title={stopping ? 'End it at once; what was measured is lost' : 'End it; what was measured so far is kept'}
        onClick={() => void act('bench:stop')}
      >
        <Icon name="stop" /> {stopping ? 'End at once' : 'Stop'}
      </button>
    </footer>
  );
}

function Where({ progress: { round, rounds, method, route, size } }: { progress: BenchProgress }) {
  return (
    <>
      Round {round} of {rounds}: <b>{nameOnRoute({ method, route })}</b> at {formatBytes(size)}
    </>
  );
}

function left({ number, steps, leftMs }: BenchProgress): string {
  const step = `Step ${number} of ${steps}`;
  return leftMs === null ? step : `${step}, about ${roughly(leftMs)} left`;
}

function doneOf({ number, steps, settled, cycles }: BenchProgress): number {
  return (number - 1 + Math.min(1, cycles === 0 ? 0 : settled / cycles)) / steps;
}
