import { formatCount } from '../../../../../shared/format';
import type { LoadFailure } from '../../../../../shared/load/view';
import { ROUTE_CATALOG } from '../../../../../shared/routes/route-catalog';
import classes from './failure-table.module.css';

/** Why posts were refused or failed, the most frequent first. */
export function FailureTable({ failures }: { failures: readonly LoadFailure[] }) {
  return (
    <section aria-labelledby="load-failures-title">
      <h2 id="load-failures-title" className={classes['title']}>
        Failures
      </h2>
      {failures.length === 0 ? (
        <p className={classes['none']} data-testid="load-no-failures">
          No post has been refused or has failed.
        </p>
      ) : (
        <div className={classes['scroll']} tabIndex={0} role="group" aria-label="Failures, scrolls sideways">
          <table className={`data-table ${classes['table']}`} data-testid="load-failures">
            <thead>
              <tr>
                <th scope="col">Route</th>
                <th scope="col">posts</th>
                <th scope="col">what</th>
                <th scope="col">reason</th>
              </tr>
            </thead>
            <tbody>
              {failures.map(({ route, kind, reason, count }) => (
                <tr key={`${route} ${kind} ${reason}`}>
                  <th scope="row">{ROUTE_CATALOG[route].title}</th>
                  <td>{formatCount(count)}</td>
                  <td>{kind}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
