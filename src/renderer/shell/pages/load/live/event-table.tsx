import type { LoadEvent } from '../../../../../shared/load/result';
import { clockText } from '../../../charts/time-axis';
import classes from './failure-table.module.css';

/** What happened to the processes meanwhile, under the number that the charts' markers have. The latest first. */
export function EventTable({ events }: { events: readonly LoadEvent[] }) {
  const numbered = events.map((event, index) => ({ ...event, number: index + 1 })).toReversed();
  return (
    <section aria-labelledby="load-events-title">
      <h2 id="load-events-title" className={classes['title']}>
        Events
      </h2>
      {events.length === 0 ? (
        <p className={classes['none']}>No process of a route has died, hung or been restarted.</p>
      ) : (
        <div className={classes['scroll']} tabIndex={0} role="group" aria-label="Events, scrolls sideways">
          <table className={`data-table ${classes['table']}`} data-testid="load-events">
            <thead>
              <tr>
                <th scope="col">No.</th>
                <th scope="col">time</th>
                <th scope="col">what happened</th>
              </tr>
            </thead>
            <tbody>
              {numbered.map(({ number, at_s: atS, text }) => (
                <tr key={number}>
                  <th scope="row">{number}</th>
                  <td>{clockText(atS)}</td>
                  <td>{text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
