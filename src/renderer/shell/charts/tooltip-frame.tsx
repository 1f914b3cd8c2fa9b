import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

/** Beside the pointer, but always from the top: a tall one must not leave the window. */
export const TOOLTIP_AT = { y: 4 };
export const TOOLTIP_STYLE = { zIndex: 20, pointerEvents: 'none' } as const;

const TOOLTIP_LINES = 16;
const FEWEST_LINES = 4;
/** Of a line of the table, and of its head, foot and padding together. */
const LINE_PX = 16;
const FRAME_PX = 62;

interface Props<T> {
  head: ReactNode;
  rows: readonly T[];
  /** What the row shows; null when it shows nothing. */
  valueOf: (row: T) => number | null;
  render: (row: T) => ReactNode;
  children?: ReactNode;
}

/** A table of what the lines show, highest first, of as many as there is room for under its top edge. */
export function TooltipFrame<T>({ head, rows, valueOf, render, children }: Props<T>) {
  const table = useRef<HTMLTableElement>(null);
  const [room, setRoom] = useState(TOOLTIP_LINES);
  useEffect(() => {
    const element = table.current;
    if (!element) return undefined;
    // Told once at the start as well, when it has its place.
    const observer = new ResizeObserver(() => {
      const fitting = Math.floor((innerHeight - element.getBoundingClientRect().top - FRAME_PX) / LINE_PX);
      setRoom(Math.max(FEWEST_LINES, Math.min(TOOLTIP_LINES, fitting)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = Math.min(room, rows.length);
  return (
    <FigureTable
      ref={table}
      head={head}
      foot={
        <>
          {shown < rows.length && (
            <tr>
              <td colSpan={5}>{rows.length - shown} more: hide or isolate lines in the legend</td>
            </tr>
          )}
          {children}
        </>
      }
    >
      {highestFirst(rows, valueOf).slice(0, shown).map(render)}
    </FigureTable>
  );
}

interface FigureTableProps {
  ref?: RefObject<HTMLTableElement | null>;
  head: ReactNode;
  foot?: ReactNode;
  /** Its rows. */
  children: ReactNode;
}

/** What every tooltip and readout of a plot looks like. */
export function FigureTable({ ref, head, foot, children }: FigureTableProps) {
  return (
    <table className="chart-tooltip" ref={ref}>
      <thead>{head}</thead>
      <tbody>{children}</tbody>
      {foot !== undefined && <tfoot>{foot}</tfoot>}
    </table>
  );
}

/** As the lines lie in the plot, from above; those that show nothing come last. */
export function highestFirst<T>(rows: readonly T[], valueOf: (row: T) => number | null): T[] {
  return rows.toSorted((a, b) => (valueOf(b) ?? -Infinity) - (valueOf(a) ?? -Infinity) || 0);
}
