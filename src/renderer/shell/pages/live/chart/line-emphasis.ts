/** How wide and how faint a line is. What a person points at goes before what has just happened. */
export function emphasis(pointedAt: boolean | null, struck: readonly string[], id: string) {
  if (pointedAt !== null) return pointedAt ? POINTED_AT : FADED;
  if (struck.length === 0) return PLAIN;
  return struck.includes(id) ? STRUCK : FADED;
}

export const PLAIN = { strokeWidth: 1.6, opacity: 1 };
const POINTED_AT = { strokeWidth: 3, opacity: 1 };
/** There may be many of them. */
const STRUCK = { strokeWidth: 2.2, opacity: 1 };
const FADED = { strokeWidth: 1.6, opacity: 0.3 };

export const FLOOR_DASH = '2 4';
