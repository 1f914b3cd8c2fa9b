/**
 * What a table shows, row by row with its head first. Left out is what is of no use elsewhere: rows that head nothing of
 * their own (groups, notes), columns of nothing but controls, and what is hidden from the eye or meant for it alone.
 */
export function cellsOf(table: HTMLTableElement): string[][] {
  const rows = [...table.rows]
    .filter(({ cells }) => cells.length > 1 && [...cells].some(({ tagName }) => tagName === 'TH'))
    .map((row) => [...row.cells].flatMap(cellTexts));
  const [, ...body] = rows;
  return rows.map((row) => row.filter((_, column) => body.some((each) => (each[column] ?? '') !== '')));
}

/** A cell over several columns has its text in the first. */
function cellTexts(cell: HTMLTableCellElement): string[] {
  const text = textOf(cell).replaceAll(/\s+/g, ' ').trim();
  return [text, ...Array.from({ length: cell.colSpan - 1 }, () => '')];
}

function textOf(node: Node): string {
  return [...node.childNodes]
    .map((child) => {
      if (child instanceof HTMLElement) return isShown(child) ? ` ${textOf(child)} ` : '';
      return child.nodeType === Node.TEXT_NODE ? (child.textContent ?? '') : '';
    })
    .join('');
}

function isShown(element: HTMLElement): boolean {
  return (
    element.getAttribute('aria-hidden') !== 'true' &&
    !element.classList.contains('visually-hidden') &&
    getComputedStyle(element).display !== 'none'
  );
}
