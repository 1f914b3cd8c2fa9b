import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

interface RovingGrid {
  ref: RefObject<HTMLTableElement | null>;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

/**
 * Makes a table (`role="grid"`) one tab stop, in which arrow keys go from cell to cell, Home and End to the ends of the
 * row, and with Ctrl to the first and the last row. In a cell with controls these have the focus, not the cell: they are
 * rendered with `tabIndex={-1}`. Works on the document, so no row renders when the focus moves.
 */
export function useRovingGrid(): RovingGrid {
  const ref = useRef<HTMLTableElement>(null);
  const stop = useRef<HTMLElement | null>(null);

  function makeStop(item: HTMLElement): void {
    if (stop.current !== null) stop.current.tabIndex = -1;
    item.tabIndex = 0;
    stop.current = item;
  }

  // The row with the stop may have gone, and there always is one.
  useLayoutEffect(() => {
    const table = ref.current;
    if (table === null || (stop.current !== null && table.contains(stop.current))) return;
    const first = table.tBodies[0]?.rows[0];
    const item = first && itemsOf(first)[0];
    if (item) makeStop(item);
  });

  return {
    ref,
    onFocus({ target }) {
      if (target instanceof HTMLElement && target !== stop.current) makeStop(target);
    },
    onKeyDown(event) {
      const table = ref.current;
      const at = event.target;
      if (table === null || !(at instanceof HTMLElement) || event.altKey || event.metaKey) return;
      const to = goal(table, at, event.key, event.ctrlKey);
      if (to === null) return;
      event.preventDefault();
      if (to === undefined) return;
      makeStop(to);
      to.focus();
    },
  };
}

/** Where a key leads: undefined where there is nothing further that way, null when the key has no meaning here. */
function goal(table: HTMLTableElement, at: HTMLElement, key: string, ctrl: boolean): HTMLElement | null | undefined {
  const row = at.closest('tr');
  if (row === null) return null;
  const items = itemsOf(row);
  const index = items.indexOf(at);
  // What stands in one cell over the whole width tells of the rows below it.
  const rows = [...table.rows].filter(({ cells }) => cells.length > 1);
  const inRow = (step: number): HTMLElement | undefined => {
    const other = rows[rows.indexOf(row) + step];
    return other && nearest(itemsOf(other), cellIndexOf(at));
  };
  switch (key) {
    case 'ArrowRight':
      return ctrl ? null : items[index + 1];
    case 'ArrowLeft':
      return ctrl ? null : items[index - 1];
    case 'ArrowDown':
      return ctrl ? null : inRow(1);
    case 'ArrowUp':
      return ctrl ? null : inRow(-1);
    case 'Home':
      return ctrl ? nearest(itemsOf(rows[0] ?? row), 0) : items[0];
    case 'End':
      return ctrl ? itemsOf(rows.at(-1) ?? row).at(-1) : items.at(-1);
    default:
      return null;
  }
}

/** What the focus can stand on in a row, from left to right. */
function itemsOf(row: HTMLTableRowElement): HTMLElement[] {
  return [...row.cells].flatMap((cell): HTMLElement[] => {
    const controls = [...cell.querySelectorAll<HTMLElement>('button, input:not(:disabled)')];
    return controls.length > 0 ? controls : [cell];
  });
}

/** In the cell with this index, or in the last one before it. */
function nearest(items: readonly HTMLElement[], cellIndex: number): HTMLElement | undefined {
  return (
    items.find((item) => cellIndexOf(item) === cellIndex) ?? items.findLast((item) => cellIndexOf(item) < cellIndex)
  );
}

function cellIndexOf(item: HTMLElement): number {
  return item.closest<HTMLTableCellElement>('td, th')?.cellIndex ?? 0;
}
