import { useEffect } from 'react';
import { FIRST_STEPS, type FirstStep } from '../../../shared/first-steps';
import { selectProcesses } from '../store/selectors';
import { useShell } from '../store/shell-store';
import { Icon } from '../ui/icons';
import { newlyDone } from './first-steps-done';

const TITLES: Record<FirstStep, string> = {
  crash: 'Crash a renderer',
  verdict: 'Read the verdict',
  kill: 'Kill from a terminal',
  hang: 'Hang a plugin',
  measure: 'Benchmark or export',
};

/** What to try first, in a line of its own at the foot of the window: it covers nothing, and ticks off what was done. */
export function FirstSteps() {
  const { dismissed, done } = useShell((s) => s.firstSteps);
  const tickOff = useShell((s) => s.tickOff);
  const dismiss = useShell((s) => s.dismissFirstSteps);
  useEffect(
    () =>
      dismissed
        ? undefined
        : useShell.subscribe((now, before) => newlyDone(now, before).forEach((step) => tickOff(step))),
    [dismissed, tickOff],
  );
  if (dismissed) return null;
  const next = FIRST_STEPS.find((step) => !done.includes(step));
  return (
    <section className="first-steps" aria-label="First steps" data-testid="first-steps">
      <h2>First steps</h2>
      <ol>
        {FIRST_STEPS.map((step, index) => (
          <li
            key={step}
            className={done.includes(step) ? 'is-done' : ''}
            aria-current={step === next ? 'step' : undefined}
            data-step={step}
            data-done={done.includes(step)}
            title={TITLES[step]}
          >
            <span className="step-mark">{done.includes(step) ? <Icon name="check" size={11} /> : index + 1}</span>
            <span className="step-title">
              {TITLES[step]}
              {done.includes(step) && <span className="visually-hidden">, done</span>}
            </span>
          </li>
        ))}
      </ol>
      <p role="status">{next === undefined ? 'All done. The Help menu has them again.' : <Hint step={next} />}</p>
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss the first steps"
        title="Dismiss"
        onClick={dismiss}
      >
        <Icon name="close" size={12} />
      </button>
    </section>
  );
}

function Hint({ step }: { step: FirstStep }) {
  const plugin = useShell((s) => selectProcesses(s).find(({ kind }) => kind === 'plugin'));
  switch (step) {
    case 'crash':
      return 'Press Crash on a site in the map: only its own line stops.';
    case 'verdict':
      return 'Press Details, under the map: did any other channel notice?';
    case 'kill':
      return plugin?.pid == null ? (
        'In a terminal: kill -9 with a pid from the map.'
      ) : (
        <>
          In a terminal: <code>kill -9 {plugin.pid}</code> ends {plugin.name}, unasked.
        </>
      );
    case 'hang':
      return `Press Hang on ${plugin?.name ?? 'a plugin'}: its pings are lost, nobody else’s.`;
    case 'measure':
      return 'Ctrl+2 opens the benchmark, Ctrl+E the exports.';
  }
}
