import { boundMark } from '../../../../../shared/bench/certainty';
import { formatCount, microsDigits } from '../../../../../shared/format';
import { FigureTable } from '../../../charts/tooltip-frame';
import type { ResultLine } from './result-lines';
import { boxOf, isCoarse } from './run-figures';

const FLOOR = 'floor’s median';

/** The figures of the highlighted box, some of which no table has. */
export function BoxReadout({ line: { run, label } }: { line: ResultLine }) {
  const box = boxOf(run);
  if (box === null) return null;
  const outliers = run.detail?.outliers ?? null;
  const figures: Array<[name: string, ns: number | null]> = [
    ['maximum', box.max],
    ['99 %', box.high],
    ['75 %', box.q3],
    ['median', box.median],
    ['25 %', box.q1],
    ...(isCoarse(run) || box.high === null ? [] : [['1 %', box.low] as [string, number]]),
    ['minimum', box.min],
    [FLOOR, run.floor_ns?.p50 ?? null],
  ];
  return (
    <FigureTable
      head={
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">µs</th>
        </tr>
      }
    >
      {figures.map(([name, ns]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            {ns === null || name === FLOOR ? '' : boundMark(run, ns)}
            {microsDigits(ns)}
          </td>
        </tr>
      ))}
      {outliers !== null && (
        <tr>
          <th scope="row">outliers</th>
          <td>
            {formatCount(outliers.low)} low, {formatCount(outliers.high)} high
          </td>
        </tr>
      )}
    </FigureTable>
  );
}
