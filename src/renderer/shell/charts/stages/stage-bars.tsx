import type { CSSProperties } from 'react';
import { formatDuration, microsDigits } from '../../../../shared/format';
import { stageTitle } from '../../../../shared/measure/stages';
import { render } from '../../../../shared/messages/message';
import { useElementSize } from '../../ui/use-element-size';
import { type BarScale, longestOf, type NumberedStage, segmentLabel, segmentsOf, type StageBar } from './stage-layout';
import { stageLook } from './stage-looks';
import classes from './stage-bars.module.css';

/** A bar with what stands before it. */
export interface NamedBar extends StageBar {
  name: string;
  about: string;
  total: string;
}

interface Props {
  bars: readonly NamedBar[];
  stages: readonly NumberedStage[];
  scale: BarScale;
  /** What answers, in one word. */
  peer: string;
}

/** Stacked bars of stages. The table beneath says the same in words and numbers. */
export function StageBars({ bars, stages, scale, peer }: Props) {
  const [track, size] = useElementSize<HTMLDivElement>();
  const longestNs = longestOf(bars);
  return (
    <div className={classes['bars']} data-testid="stage-bars">
      {bars.map((bar, at) => (
        <div key={bar.id} className={classes['bar']} data-testid={`stage-bar-${bar.id}`}>
          <span className={classes['name']}>
            <b>{bar.name}</b>
            <small>{bar.about}</small>
          </span>
          <span className={classes['total']}>{bar.total}</span>
          <div
            className={classes['track']}
            ref={at === 0 ? track : undefined}
            role="img"
            aria-label={spoken(bar, stages, peer)}
          >
            {segmentsOf(bar, stages, scale, longestNs).map((segment) => (
              <span
                key={segment.id}
                {...look(segment, 'segment', { width: `${segment.width}%` })}
                title={`${segment.number}  ${render(stageTitle(segment, peer))}: ${formatDuration(segment.ns)}, ${Math.round(segment.share * 100)} %`}
              >
                {segmentLabel(segment, (segment.width / 100) * (size?.width ?? 0))}
              </span>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The legend's swatch of a stage: its number on its colour. */
export function StageSwatch({ stage }: { stage: NumberedStage }) {
  return <span {...look(stage, 'swatch')}>{stage.number}</span>;
}

interface TableProps {
  bars: ReadonlyArray<StageBar & { head: string }>;
  stages: readonly NumberedStage[];
  peer: string;
  /** Over the whole round trip. */
  sum: string;
  caption: string;
  attributes?: Readonly<Record<string, string>>;
}

/** The stages in words, which is the legend of the bars, and in numbers. */
export function StageTable({ bars, stages, peer, sum, caption, attributes = {} }: TableProps) {
  return (
    <table className={`data-table ${classes['table']}`} data-testid="stage-table" {...attributes}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          {bars.map(({ id, head }) => [
            <th scope="col" key={id}>
              {head} <small>µs</small>
            </th>,
            <th scope="col" key={`${id}-share`}>
              <small>%</small>
            </th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {stages.map((stage) => (
          <tr key={stage.id} data-stage={stage.id}>
            <th scope="row">
              <StageSwatch stage={stage} /> {render(stageTitle(stage, peer))}
            </th>
            {bars.map(({ id, anatomy }) => {
              const its = anatomy?.stages.find((each) => each.id === stage.id);
              return [
                <td key={id}>{microsDigits(its?.ns ?? null)}</td>,
                <td key={`${id}-share`}>{its === undefined ? '–' : shareDigits(its.share)}</td>,
              ];
            })}
          </tr>
        ))}
        <tr className={classes['sum']}>
          <th scope="row">{sum}</th>
          {bars.map(({ id, anatomy }) => [
            <td key={id}>{microsDigits(anatomy?.rttNs ?? null)}</td>,
            <td key={`${id}-share`}>{anatomy === null ? '–' : '100'}</td>,
          ])}
        </tr>
      </tbody>
    </table>
  );
}

function look(stage: NumberedStage, className: 'segment' | 'swatch', style: CSSProperties = {}) {
  const { fill, hatched } = stageLook(stage);
  return {
    className: hatched ? `${classes[className]} ${classes['hatched']}` : classes[className],
    style: { ...style, '--fill': fill } as CSSProperties,
  };
}

export function shareDigits(share: number): string {
  return (share * 100).toFixed(share < 0.0995 ? 1 : 0);
}

function spoken({ name, total, anatomy }: NamedBar, stages: readonly NumberedStage[], peer: string): string {
  if (anatomy === null) return `${name}: nothing to show`;
  const parts = anatomy.stages.map(({ id, from, to, share }) => {
    const number = stages.find((stage) => stage.id === id)?.number ?? '';
    return `${number} ${render(stageTitle({ id, from, to }, peer))} ${Math.round(share * 100)} %`;
  });
  return `${name}, ${total}: ${parts.join('; ')}`;
}
