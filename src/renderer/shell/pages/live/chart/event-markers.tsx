import { usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import { MARKER_ROW_PX } from '../../../charts/axis-style';
import { EVENT_KINDS } from '../../../../../shared/event-kinds';
import type { LabEvent } from '../../../../../shared/events';
import { render } from '../../../../../shared/messages/message';
import { isAskedFor } from '../../../../../shared/process-state';
import type { ChartSpan } from '../series/chart-windows';
import { incidentOf, markedEvents } from './chart-model';
import type { ChartTheme } from '../../../charts/chart-theme';
import { selectIncidents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import type { LatencySource } from './latency-source';
import { SlidingBox, useSliding } from './sliding';
import { layoutMarkers, type PlacedLabel } from '../../../charts/marker-layout';

const FONT_PX = 11;
/** Of a marker's line, for the pointer. */
const HIT_PX = 9;
/** Numbers stay this far above the axis. */
const LAST_ROW_PX = 24;

interface Props {
  /** Rows of labels above the plot; one more may stand inside it. */
  rowsAbove: number;
  source: LatencySource;
  /** All that happened; those in the window are marked. */
  events: readonly LabEvent[];
  window: ChartSpan;
  theme: ChartTheme;
  /** A click finds the event in the list, and opens the verdict. In a picture nothing can be clicked, but what stands behind a label can be read. */
  interactive: boolean;
}

/**
 * Events as labelled vertical lines. Not recharts' ReferenceLine, because its labels can't know of each other:
 * these are stacked in rows so that they stay readable.
 */
export function EventMarkers(props: Props) {
  return (
    <ZIndexLayer zIndex={450}>
      <Markers {...props} />
    </ZIndexLayer>
  );
}

function Markers({ rowsAbove, source, events: all, window, theme, interactive }: Props) {
  const incidents = useShell(selectIncidents);
  const open = useShell((s) => s.openDialog);
  const select = useShell((s) => s.selectEvent);
  const selected = useShell((s) => s.selectedEvent);
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const inside = Math.floor(((plot?.height ?? 0) - LAST_ROW_PX) / MARKER_ROW_PX);
  const rows = { words: rowsAbove + 1, numbers: rowsAbove + Math.max(1, inside) };
  const placed = (): PlacedLabel[] =>
    !plot || !xOf
      ? []
      : layoutMarkers(
          markedEvents(all, source.points.nowNs, window).map(({ event, x }) => ({
            id: event.id,
            x: xOf(x) ?? plot.x,
            // Where nobody can click, the number is what leads to the lists.
            text: interactive ? render(event.label) : `${event.id} ${render(event.label)}`,
            short: interactive ? EVENT_KINDS[event.kind].short : `${event.id} ${EVENT_KINDS[event.kind].short}`,
          })),
          plot.x,
          rows,
          estimateWidth,
        );
  const box = useSliding(source, plot ? plot.width / window.spanNs : 0, () => placed().map(arrangementOf).join(' '));
  if (box === null || !plot) return null;
  const kinds = new Map(all.map((event) => [event.id, event]));
  const bottom = plot.y + plot.height;
  const markers = (
    <g className="event-markers" data-testid="event-markers">
      {placed().map((label) => {
        const event = kinds.get(label.id);
        if (!event) return null;
        const tone = toneOf(event);
        const colour = tone === 'plain' ? theme.inkSoft : theme[tone];
        const chosen = interactive && event.id === selected;
        const baseline = label.row === null ? plot.y : plot.y - 5 - (rowsAbove - 1 - label.row) * MARKER_ROW_PX;
        const incident = interactive ? incidentOf(event, incidents) : null;
        return (
          <g
            key={label.id}
            data-event={event.kind}
            data-event-id={event.id}
            data-selected={chosen}
            onClick={
              interactive
                ? () => {
                    select(event.id);
                    if (incident !== null) open({ kind: 'incident', incidentId: incident.id });
                  }
                : undefined
            }
            style={interactive ? { cursor: 'pointer', pointerEvents: 'auto' } : undefined}
          >
            {!interactive && <title>{`${render(event.label)}. ${render(event.detail)}`}</title>}
            {interactive && (
              <line x1={label.x} x2={label.x} y1={plot.y} y2={bottom} stroke="transparent" strokeWidth={HIT_PX} />
            )}
            <line
              x1={label.x}
              x2={label.x}
              y1={label.row === null ? plot.y : Math.min(plot.y, baseline + 3)}
              y2={bottom}
              stroke={colour}
              strokeWidth={chosen ? 3 : 1}
              strokeDasharray={chosen ? undefined : '3 2'}
            />
            {label.row !== null && (
              <text
                {...anchorOf(label)}
                y={baseline}
                fill={colour}
                fontSize={FONT_PX}
                fontWeight={600}
                stroke={theme.background}
                strokeWidth={3}
                paintOrder="stroke"
              >
                {label.text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
  return interactive ? <SlidingBox box={box}>{markers}</SlidingBox> : markers;
}

/** All that is drawn of a label but where it is; of one that doesn't slide with its line also that. */
function arrangementOf(label: PlacedLabel): string {
  const { x, textAnchor } = anchorOf(label);
  return `${label.id}:${label.row}:${label.text}${textAnchor === 'start' ? Math.round(label.x - x) : ''}`;
}

/** Ends at its line, whatever the font's real width; only one pushed in from the left edge starts where it was put. */
function anchorOf(label: PlacedLabel): { x: number; textAnchor: 'start' | 'end' } {
  const pushed = label.textX + estimateWidth(label.text) > label.x + 1;
  return pushed ? { x: label.textX, textAnchor: 'start' } : { x: label.x - 2, textAnchor: 'end' };
}

/** Measuring text would force a layout ten times a second; a wide UI font at 600 is about this. */
function estimateWidth(text: string): number {
  return text.length * FONT_PX * 0.64;
}

/** What the person asked for is no alarm. */
export function toneOf({ kind, termination }: LabEvent): 'bad' | 'warn' | 'good' | 'plain' {
  return isAskedFor(termination) ? 'plain' : EVENT_KINDS[kind].tone;
}
