import { microsDigits } from '../../../../shared/format';
import { stageTitle } from '../../../../shared/measure/stages';
import { render } from '../../../../shared/messages/message';
import type { ChartTheme } from '../chart-theme';
import { type NamedBar, shareDigits } from './stage-bars';
import { longestOf, type NumberedStage, segmentLabel, segmentsOf } from './stage-layout';
import { STAGE_INK, stageLook } from './stage-looks';

interface Props {
  width: number;
  /** What is shown, above all else. */
  heading: string;
  sentences: readonly string[];
  bars: ReadonlyArray<NamedBar & { head: string }>;
  stages: readonly NumberedStage[];
  peer: string;
  /** Over the whole round trip. */
  sum: string;
  theme: ChartTheme;
}

const LEFT = 24;
const LINE_PX = 18;
const BAR_PX = 30;
const BAR_STEP_PX = 40;
const ROW_PX = 22;
const TRACK_LEFT = 260;
/** Of the table, for each bar: its µs and its per cent. */
const COLUMN_PX = 140;
const HATCH = 'stage-hatch';

type Layout = Pick<Props, 'sentences' | 'bars' | 'stages'>;

function layoutOf({ sentences, bars, stages }: Layout) {
  const barsTop = 14 + (1 + sentences.length) * LINE_PX + 8;
  const tableTop = barsTop + bars.length * BAR_STEP_PX + 22;
  return { barsTop, tableTop, height: tableTop + (stages.length + 1) * ROW_PX + 16 };
}

export function stagePictureHeight(shown: Layout): number {
  return layoutOf(shown).height;
}

/** What `StageBars` and `StageTable` show, as one drawing. */
export function StagePicture(props: Props) {
  const { width, heading, sentences, bars, stages, peer, sum, theme } = props;
  const { barsTop, tableTop, height } = layoutOf(props);
  const trackPx = width - LEFT - TRACK_LEFT;
  const columnsLeft = width - LEFT - bars.length * COLUMN_PX;
  /** Right ends of a bar's two columns. */
  const ends = (at: number) => [columnsLeft + at * COLUMN_PX + 88, columnsLeft + (at + 1) * COLUMN_PX] as const;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} fontSize={12} fill={theme.ink}>
      <defs>
        <pattern id={HATCH} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <line x2={5} y1={4.5} y2={4.5} stroke={STAGE_INK} strokeOpacity={0.16} />
        </pattern>
      </defs>
      <text x={LEFT} y={14} fontWeight={600}>
        {heading}
      </text>
      {sentences.map((sentence, row) => (
        <text key={sentence} x={LEFT} y={14 + (row + 1) * LINE_PX}>
          {sentence}
        </text>
      ))}
      {bars.map((bar, row) => {
        const y = barsTop + row * BAR_STEP_PX;
        let x = TRACK_LEFT;
        return (
          <g key={bar.id}>
            <text x={LEFT} y={y + 13} fontWeight={600}>
              {bar.name}
            </text>
            <text x={LEFT} y={y + 27} fontSize={11} fill={theme.inkSoft}>
              {bar.about}
            </text>
            <text x={TRACK_LEFT - 14} y={y + 20} textAnchor="end">
              {bar.total}
            </text>
            {segmentsOf(bar, stages, 'share', longestOf(bars)).map((segment) => {
              const px = (segment.width / 100) * trackPx;
              const left = x;
              x += px;
              return (
                <g key={segment.id}>
                  <StageBox stage={segment} x={left} y={y} width={px} height={BAR_PX} />
                  <text
                    x={left + px / 2}
                    y={y + 19}
                    textAnchor="middle"
                    fontSize={11}
                    fontWeight={600}
                    fill={STAGE_INK}
                  >
                    {segmentLabel(segment, px)}
                  </text>
                </g>
              );
            })}
          </g>
        );
      })}
      <g fontSize={11} fontWeight={600} fill={theme.inkSoft}>
        {bars.map(({ id, head }, at) => (
          <g key={id}>
            <text x={ends(at)[0]} y={tableTop - 6} textAnchor="end">{`${head} µs`}</text>
            <text x={ends(at)[1]} y={tableTop - 6} textAnchor="end">
              %
            </text>
          </g>
        ))}
      </g>
      {stages.map((stage, row) => {
        const y = tableTop + row * ROW_PX;
        return (
          <g key={stage.id}>
            <line x1={LEFT} x2={width - LEFT} y1={y} y2={y} stroke={theme.grid} />
            <StageBox stage={stage} x={LEFT} y={y + 4} width={20} height={14} />
            <text x={LEFT + 10} y={y + 15} textAnchor="middle" fontSize={10} fontWeight={600} fill={STAGE_INK}>
              {stage.number}
            </text>
            <text x={LEFT + 28} y={y + 15}>
              {render(stageTitle(stage, peer))}
            </text>
            {bars.map(({ id, anatomy }, at) => {
              const its = anatomy?.stages.find((each) => each.id === stage.id);
              return (
                <Figures
                  key={id}
                  ends={ends(at)}
                  y={y + 15}
                  micros={microsDigits(its?.ns ?? null)}
                  share={its === undefined ? '–' : shareDigits(its.share)}
                />
              );
            })}
          </g>
        );
      })}
      <g fontWeight={600}>
        <text x={LEFT} y={tableTop + stages.length * ROW_PX + 15}>
          {sum}
        </text>
        {bars.map(({ id, anatomy }, at) => (
          <Figures
            key={id}
            ends={ends(at)}
            y={tableTop + stages.length * ROW_PX + 15}
            micros={microsDigits(anatomy?.rttNs ?? null)}
            share={anatomy === null ? '–' : '100'}
          />
        ))}
      </g>
    </svg>
  );
}

function StageBox({ stage, ...box }: { stage: NumberedStage; x: number; y: number; width: number; height: number }) {
  const { fill, hatched } = stageLook(stage);
  return (
    <>
      <rect {...box} fill={fill} stroke={STAGE_INK} strokeOpacity={0.35} />
      {hatched && <rect {...box} fill={`url(#${HATCH})`} />}
    </>
  );
}

interface FiguresProps {
  ends: readonly [micros: number, share: number];
  y: number;
  micros: string;
  share: string;
}

function Figures({ ends, y, micros, share }: FiguresProps) {
  return (
    <>
      <text x={ends[0]} y={y} textAnchor="end">
        {micros}
      </text>
      <text x={ends[1]} y={y} textAnchor="end">
        {share}
      </text>
    </>
  );
}
