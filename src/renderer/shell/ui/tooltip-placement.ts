/** In pixels of the window. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Where a tooltip of this size stands: above what it explains, below where there is no room above. `covered` is what
 * would be drawn over it; the tooltip moves to its left.
 */
export function placeTooltip(
  target: Box,
  size: { width: number; height: number },
  window: { width: number; height: number },
  covered: Box | null,
): { left: number; top: number } {
  const above = target.top - GAP_PX - size.height;
  const below = Math.min(target.top + target.height + GAP_PX, window.height - EDGE_PX - size.height);
  const top = Math.max(EDGE_PX, above >= EDGE_PX ? above : below);
  const clamp = (left: number): number => Math.max(EDGE_PX, Math.min(left, window.width - EDGE_PX - size.width));
  const left = clamp(target.left + target.width / 2 - size.width / 2);
  const hidden =
    covered !== null &&
    top < covered.top + covered.height &&
    top + size.height > covered.top &&
    left < covered.left + covered.width &&
    left + size.width > covered.left;
  return { left: hidden ? clamp(covered.left - GAP_PX - size.width) : left, top };
}
