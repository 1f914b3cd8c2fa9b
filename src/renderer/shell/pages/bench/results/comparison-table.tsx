import { Fragment } from 'react';
import { boundMark } from '../../../../../shared/bench/certainty';
import type { Comparison, Difference } from '../../../../../shared/bench/compare';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { formatBytes, formatDelta, microsDigits } from '../../../../../shared/format';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { Icon } from '../../../ui/icons';
import { comparisonRows, signedPercent, VERDICT_CLASS, type ComparisonRow } from './comparison-rows';
import { methodTitle, paceOf, routeTitle } from '../../../../../shared/bench/run-names';

interface Props {
  before: string;
  after: string;
  comparison: Comparison;
  highlighted: string | null;
  onHighlight(id: string | null): void;
}

const COLUMNS = 12;

/** Every pair with its difference and verdict, then what was measured on one side only. */
export function ComparisonTable({ before, after, comparison, highlighted, onHighlight }: Props) {
  const { pairs, oneSided, obstacle } = comparison;
  return (
    <div className="table-scroll comparison-scroll">
      <table className="data-table run-table comparison-table">
        <caption className="visually-hidden">Every run of both results</caption>
        <thead>
          <tr>
            <th scope="col" data-column="method">
              Method
            </th>
            <th scope="col" data-column="route">
              Route
            </th>
            <th scope="col">Size</th>
            <th scope="col" title={`Median of ${before}`}>
              p50 before <small>µs</small>
            </th>
            <th scope="col" title={`Median of ${after}`}>
              after <small>µs</small>
            </th>
            <th scope="col" colSpan={2} title="Of the medians: after − before">
              difference
            </th>
            <th scope="col" title="The larger range of the rounds’ medians on either side">
              spread
            </th>
            <th scope="col" data-column="verdict">
              Verdict
            </th>
            <th
              scope="col"
              colSpan={2}
              title="Of the 99th percentiles: after − before. Rounds are too short for a verdict."
            >
              p99 difference
            </th>
            <th scope="col" title="Change of the kernel floor’s median">
              floor
            </th>
          </tr>
        </thead>
        {obstacle !== null && (
          <tbody>
            <tr>
              <td className="run-words comparison-obstacle" colSpan={COLUMNS}>
                <Icon name="warning" size={13} /> {obstacle} Neither is the faster one by these figures.
              </td>
            </tr>
          </tbody>
        )}
        {comparisonRows(pairs, LIGHT_CHART).map((row) => (
          <PairRow
            key={row.id}
            row={row}
            obstacle={obstacle}
            highlighted={highlighted === row.id}
            onHighlight={onHighlight}
          />
        ))}
        {pairs.length === 0 && (
          <tbody>
            <tr>
              <td className="table-empty" colSpan={COLUMNS}>
                No run was measured on both sides.
              </td>
            </tr>
          </tbody>
        )}
        {oneSided.length > 0 && (
          <tbody>
            <tr className="table-group">
              <th colSpan={COLUMNS} scope="rowgroup">
                On one side only
              </th>
            </tr>
            {oneSided.map(({ side, run, reason }, index) => (
              <tr key={`${side} ${index}`}>
                <th scope="row">{methodTitle(run.method)}</th>
                <td data-column="route">{routeTitle(run.route)}</td>
                <td>{formatBytes(run.size)}</td>
                <td>{side === 'before' ? microsDigits(run.rtt_ns?.p50 ?? null) : ''}</td>
                <td>{side === 'after' ? microsDigits(run.rtt_ns?.p50 ?? null) : ''}</td>
                <td className="run-words" colSpan={COLUMNS - 5}>
                  {run.placement}, {paceOf(run)}. {reason}
                </td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

interface PairProps {
  row: ComparisonRow;
  obstacle: string | null;
  highlighted: boolean;
  onHighlight(id: string | null): void;
}

function PairRow({ row: { id, pair }, obstacle, highlighted, onHighlight }: PairProps) {
  const { before, after, p50, p99, floor, spreadNs, verdict, reason, notes } = pair;
  const told = verdict === 'not comparable' && reason !== obstacle ? [reason, ...notes] : notes;
  return (
    <tbody
      className={highlighted ? 'is-highlighted' : ''}
      data-testid={`pair-${before.method}-${before.size}`}
      onPointerEnter={() => onHighlight(id)}
      onPointerLeave={() => onHighlight(null)}
    >
      <tr>
        <th scope="row">{methodTitle(before.method)}</th>
        <td data-column="route">{routeTitle(before.route)}</td>
        <td>{formatBytes(before.size)}</td>
        <MedianCell run={before} />
        <MedianCell run={after} />
        <DifferenceCells difference={p50} />
        <td>{spreadNs === null ? '–' : formatDelta(spreadNs).replace(/^[+±]/, '')}</td>
        <td data-column="verdict">
          <span className={`verdict-word ${VERDICT_CLASS[verdict]}`} title={reason}>
            {verdict}
            <span className="visually-hidden">: {reason}</span>
          </span>
        </td>
        <DifferenceCells difference={p99} />
        <td>{signedPercent(floor?.share ?? null)}</td>
      </tr>
      {told.map((words) => (
        <tr key={words} className="run-note">
          <td />
          <td className="run-words" colSpan={COLUMNS - 1}>
            {words}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function MedianCell({ run }: { run: BenchRun }) {
  const p50 = run.rtt_ns?.p50 ?? null;
  const interval = run.detail?.p50_ci95_ns ?? null;
  return (
    <td
      title={
        interval === null
          ? undefined
          : `95 % interval: ${microsDigits(interval.low)} – ${microsDigits(interval.high)} µs`
      }
    >
      {p50 === null ? '' : boundMark(run, p50)}
      {microsDigits(p50)}
    </td>
  );
}

function DifferenceCells({ difference }: { difference: Difference | null }) {
  return (
    <Fragment>
      <td>{formatDelta(difference?.ns ?? null)}</td>
      <td>{signedPercent(difference?.share ?? null)}</td>
    </Fragment>
  );
}
