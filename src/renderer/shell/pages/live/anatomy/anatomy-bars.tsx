import type { CSSProperties } from 'react';
import type { AnatomyView } from '../../../../../shared/anatomy-view';
import { formatCount, formatDuration } from '../../../../../shared/format';
import { stageTitle } from '../../../../../shared/measure/stages';
import { render } from '../../../../../shared/messages/message';
import { useElementSize } from '../../../ui/use-element-size';
import {
  type AnatomyBar,
  type BarScale,
  longestOf,
  type NumberedStage,
  segmentLabel,
  segmentsOf,
} from './anatomy-layout';
import { stageLook } from './stage-looks';
import styles from './anatomy.module.css';

interface Props {
  bars: readonly AnatomyBar[];
  stages: readonly NumberedStage[];
  scale: BarScale;
  peer: string;
  view: AnatomyView | null;
}

/** One stacked bar each for p50, p90, p99 and the ping that was chosen. The table below says the same in numbers. */
export function AnatomyBars({ bars, stages, scale, peer, view }: Props) {
  const [track, size] = useElementSize<HTMLDivElement>();
  const width = size?.width ?? 0;
  const longestNs = longestOf(bars);
  return (
    <div className={styles['bars']} data-testid="anatomy-bars">
      {bars.map((bar, at) => (
        <div key={bar.id} className={styles['bar']} data-testid={`anatomy-bar-${bar.id}`}>
          <span className={styles['name']}>
            <b>{nameOf(bar, view)}</b>
            <small>{subtitleOf(bar, view)}</small>
          </span>
          <span className={styles['total']}>{totalOf(bar, view)}</span>
          <div
            className={styles['track']}
            ref={at === 0 ? track : undefined}
            role="img"
            aria-label={spoken(bar, stages, peer)}
          >
            {segmentsOf(bar, stages, scale, longestNs).map((segment) => {
              const look = stageLook(segment);
              return (
                <span
                  key={segment.id}
                  className={look.hatched ? `${styles['segment']} ${styles['hatched']}` : styles['segment']}
                  style={{ width: `${segment.width}%`, '--fill': `var(--stage-${look.fill})` } as CSSProperties}
                  title={`${segment.number}  ${render(stageTitle(segment, peer))}: ${formatDuration(segment.ns)}, ${Math.round(segment.share * 100)} %`}
                >
                  {segmentLabel(segment, (segment.width / 100) * width)}
                </span>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

function nameOf({ id }: AnatomyBar, view: AnatomyView | null): string {
  if (id !== 'ping') return id;
  const ping = view?.ping ?? null;
  return ping === null ? 'one ping' : `ping ${formatCount(ping.sequence)}`;
}

function subtitleOf({ id, anatomy }: AnatomyBar, view: AnatomyView | null): string {
  if (id !== 'ping') return anatomy === null ? 'no ping yet' : `of ${formatCount(anatomy.pings)} pings`;
  const ping = view?.ping ?? null;
  if (ping === null) return 'click one in the chart, or:';
  return ping.anatomy === null ? 'stages weren’t measured' : `at ${(ping.intendedNs / 1e9).toFixed(2)} s`;
}

function totalOf({ id, anatomy }: AnatomyBar, view: AnatomyView | null): string {
  return formatDuration(id === 'ping' ? (view?.ping?.rttNs ?? null) : (anatomy?.rttNs ?? null));
}

function spoken({ id, anatomy }: AnatomyBar, stages: readonly NumberedStage[], peer: string): string {
  if (anatomy === null) return `${id}: nothing to show`;
  const parts = anatomy.stages.map(({ id: stageId, from, to, share }) => {
    const number = stages.find((stage) => stage.id === stageId)?.number ?? '';
    return `${number} ${render(stageTitle({ id: stageId, from, to }, peer))} ${Math.round(share * 100)} %`;
  });
  return `${id}, ${formatDuration(anatomy.rttNs)}: ${parts.join('; ')}`;
}
