import { formatCount, microsDigits } from '../../../../../shared/format';

export type FigureUnit = 'µs' | 'ms';

/** A card has room for four digits: from 10 ms on, all that stand beside each other are in ms. */
export function unitOf(figuresNs: ReadonlyArray<number | null>): FigureUnit {
  return figuresNs.some((ns) => ns !== null && ns >= 9999.5e3) ? 'ms' : 'µs';
}

/** `173`, `1,911` in µs; `0.17`, `12.3`, `1,234` in ms. */
export function digitsIn(unit: FigureUnit, ns: number | null): string {
  if (unit === 'µs' || ns === null) return microsDigits(ns);
  const ms = ns / 1e6;
  if (ms >= 99.95) return formatCount(ms);
  return ms.toFixed(ms >= 9.995 ? 1 : 2);
}
