import type { EnvironmentFact } from '../../../../../shared/bench/compare-environments';

interface Props {
  before: string;
  after: string;
  facts: readonly EnvironmentFact[];
}

/** Both environments, with what differs marked: a warning where it makes the figures incomparable. */
export function EnvironmentTable({ before, after, facts }: Props) {
  return (
    <div className="table-scroll environment-scroll">
      <table className="data-table environment-table">
        <caption className="visually-hidden">The environments of both results</caption>
        <thead>
          <tr>
            <th scope="col">Environment</th>
            <th scope="col" title={before}>
              {before}
            </th>
            <th scope="col" title={after}>
              {after}
            </th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ name, before: one, after: other, differs, bearing }) => (
            <tr key={name} className={differs ? `is-${bearing}` : undefined}>
              <th scope="row">
                {name}
                {differs && bearing !== 'none' && <Mark decides={bearing === 'decides'} />}
              </th>
              <td title={one}>{one}</td>
              <td title={other}>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Mark({ decides }: { decides: boolean }) {
  const words = decides ? 'differs, so the figures can’t be compared' : 'differs';
  return (
    <span className="environment-mark" role="img" aria-label={words} title={words}>
      ≠
    </span>
  );
}
