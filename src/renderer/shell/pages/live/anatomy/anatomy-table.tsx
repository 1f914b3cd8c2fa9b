import type { CSSProperties } from 'react';
import { microsDigits } from '../../../../../shared/format';
import { stageTitle } from '../../../../../shared/measure/stages';
import { render } from '../../../../../shared/messages/message';
import { COPIED_TABLE } from '../../copy';
import type { AnatomyBar, NumberedStage } from './anatomy-layout';
import { stageLook } from './stage-looks';
import styles from './anatomy.module.css';

interface Props {
  bars: readonly AnatomyBar[];
  stages: readonly NumberedStage[];
  peer: string;
}

const HEADS: Record<AnatomyBar['id'], string> = { p50: 'p50', p90: 'p90', p99: 'p99', ping: 'one ping' };

/** The stages in words, which is the legend of the bars, and in numbers. */
export function AnatomyTable({ bars, stages, peer }: Props) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Stages">
      <table className={`data-table ${styles['table']}`} data-testid="anatomy-table" {...COPIED_TABLE}>
        <caption className="visually-hidden">Stages of a round trip, in µs and in per cent of it</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            {bars.map(({ id }) => [
              <th scope="col" key={id}>
                {HEADS[id]} <small>µs</small>
              </th>,
              <th scope="col" key={`${id}-share`}>
                <small>%</small>
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <StageRow key={stage.id} stage={stage} bars={bars} peer={peer} />
          ))}
          <tr className={styles['sum']}>
            <th scope="row">Round trip, from the intended send</th>
            {bars.map(({ id, anatomy }) => [
              <td key={id}>{microsDigits(anatomy?.rttNs ?? null)}</td>,
              <td key={`${id}-share`}>{anatomy === null ? '–' : '100'}</td>,
            ])}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function StageRow({ stage, bars, peer }: { stage: NumberedStage; bars: readonly AnatomyBar[]; peer: string }) {
  const look = stageLook(stage);
  return (
    <tr data-stage={stage.id}>
      <th scope="row">
        <span
          className={look.hatched ? `${styles['swatch']} ${styles['hatched']}` : styles['swatch']}
          style={{ '--fill': `var(--stage-${look.fill})` } as CSSProperties}
        >
          {stage.number}
        </span>
        {render(stageTitle(stage, peer))}
      </th>
      {bars.map(({ id, anatomy }) => {
        const its = anatomy?.stages.find((each) => each.id === stage.id);
        return [
          <td key={id}>{microsDigits(its?.ns ?? null)}</td>,
          <td key={`${id}-share`}>
            {its === undefined ? '–' : (its.share * 100).toFixed(its.share < 0.0995 ? 1 : 0)}
          </td>,
        ];
      })}
    </tr>
  );
}
