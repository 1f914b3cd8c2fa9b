import { usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import { MARKER_ROW_PX } from '../../../charts/axis-style';
import { EVENT_KINDS } from '../../../../../shared/event-kinds';
import type { LabEvent } from '../../../../../shared/events';
import { render } from '../../../../../shared/messages/message';
import type { ChartWindowId } from '../series/chart-windows';
import { incidentOf, markedEvents } from './chart-model';
import type { ChartTheme } from '../../../charts/chart-theme';
import { selectIncidents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { useWhile, type LatencySource } from './latency-source';
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
  window: ChartWindowId;
  theme: ChartTheme;
  /** A click opens the verdict. In a picture nothing can be clicked, but what stands behind a label can be read. */
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
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const marked = () => markedEvents(all, source.points.nowNs, window);
  const any = useWhile(source, () => marked().length > 0);
  if (!any || !plot || !xOf) return null;
  const events = marked();
  const labels = events.map(({ event, x }) => ({
    id: event.id,
    x: xOf(x) ?? plot.x,
    text: render(event.label),
    short: EVENT_KINDS[event.kind].short,
  }));
  const kinds = new Map(events.map(({ event }) => [event.id, event]));
  const bottom = plot.y + plot.height;
  const inside = Math.floor((plot.height - LAST_ROW_PX) / MARKER_ROW_PX);
  const rows = { words: rowsAbove + 1, numbers: rowsAbove + Math.max(1, inside) };
  return (
    <g className="event-markers" data-testid="event-markers">
      {layoutMarkers(labels, plot.x, rows, estimateWidth).map((label) => {
        const event = kinds.get(label.id);
        if (!event) return null;
        const colour = theme[EVENT_KINDS[event.kind].tone];
        const baseline = label.row === null ? plot.y : plot.y - 5 - (rowsAbove - 1 - label.row) * MARKER_ROW_PX;
        const incident = interactive ? incidentOf(event, incidents) : null;
        return (
          <g
            key={label.id}
            data-event={event.kind}
            data-event-id={event.id}
            onClick={incident === null ? undefined : () => open({ kind: 'incident', incidentId: incident.id })}
            style={incident === null ? undefined : { cursor: 'pointer' }}
          >
            {!interactive && <title>{`${render(event.label)}. ${render(event.detail)}`}</title>}
            {incident !== null && (
              <line x1={label.x} x2={label.x} y1={plot.y} y2={bottom} stroke="transparent" strokeWidth={HIT_PX} />
            )}
            <line
              x1={label.x}
              x2={label.x}
              y1={label.row === null ? plot.y : Math.min(plot.y, baseline + 3)}
              y2={bottom}
              stroke={colour}
              strokeWidth={1}
              strokeDasharray="3 2"
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
