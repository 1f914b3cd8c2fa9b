import type { LineLook } from './line-spec';

/** Beside the pointer, but always from the top: a tall one must not leave the window. */
export const TOOLTIP_AT = { y: 4 };
export const TOOLTIP_STYLE = { zIndex: 20, pointerEvents: 'none' } as const;
export const TOOLTIP_LINES = 16;

/** The foot of a tooltip's table, when it has no room for all lines. */
export function MoreLines({ lines }: { lines: readonly LineLook[] }) {
  if (lines.length <= TOOLTIP_LINES) return null;
  return (
    <tfoot>
      <tr>
        <td colSpan={5}>{lines.length - TOOLTIP_LINES} more: hide or isolate lines in the legend</td>
      </tr>
    </tfoot>
  );
}
