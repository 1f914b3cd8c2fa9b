import { Fragment } from 'react';
import { formatBytes } from '../../../../../shared/format';
import type { LoadRouteView, LoadView } from '../../../../../shared/load/view';
import { titleOf } from '../../../../../shared/load/verdict';
import type { ProcessView } from '../../../../../shared/snapshot';
import { Swatch } from '../../../charts/swatch';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { cpuText } from '../../figures-text';
import { ProcessButtons } from '../../process-buttons';
import { StateBadge } from '../../state-badge';
import { Word } from '../../word';
import { routeHue } from '../live/route-looks';
import classes from './process-list.module.css';

interface Props {
  view: LoadView;
  /** Those of the run. */
  routes: readonly LoadRouteView[];
}

/** The processes that a message crosses, to be killed and hung while the load goes on. */
export function ProcessList({ view, routes }: Props) {
  const processes = useShell(selectProcesses);
  const theme = useChartTheme();
  const of = (ids: readonly (string | null)[]) =>
    ids.flatMap((id) => processes.find((process) => process.id === id) ?? []);
  const groups = [
    ...routes.map(({ route, mode, processIds }) => ({
      id: route as string,
      name: (
        <>
          <Swatch colour={routeHue(theme, route)} dash="none" /> {titleOf({ route, mode })}
        </>
      ),
      processes: of(processIds),
    })),
    {
      id: 'both ends',
      name: 'Both ends of all routes',
      processes: of([view.generator.processId, view.collector.processId]),
    },
  ];
  return (
    <section aria-labelledby="load-processes-title" data-testid="load-processes">
      <h2 id="load-processes-title" className={classes['title']}>
        <Word id="route-parts">Processes</Word>
      </h2>
      <ul className={classes['list']}>
        {groups
          .filter((group) => group.processes.length > 0)
          .map((group) => (
            <Fragment key={group.id}>
              <li className={classes['group']}>{group.name}</li>
              {group.processes.map((process) => (
                <Row key={process.id} process={process} />
              ))}
            </Fragment>
          ))}
      </ul>
    </section>
  );
}

function Row({ process }: { process: ProcessView }) {
  const { id, name, role, pid, memoryBytes, cpuPercent, state } = process;
  return (
    <li className={classes['process']} data-testid={`load-process-${id}`} data-state={state.kind} data-pid={pid ?? ''}>
      <span className={classes['name']} title={name}>
        {role ?? name}
      </span>
      <ProcessButtons process={process} />
      <span className={classes['figures']}>
        {pid === null ? 'no process' : `pid ${pid}`} · {formatBytes(memoryBytes)} · {cpuText(cpuPercent)}
        <StateBadge state={state} />
      </span>
    </li>
  );
}
