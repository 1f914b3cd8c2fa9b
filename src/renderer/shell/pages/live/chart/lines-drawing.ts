import { bandOf } from './latency-source';
import { bandPath, LinePath, type PixelOf } from './line-path';
import type { LatencyPoints } from './latency-points';

/** Points in one piece of a line: a batch changes the last piece alone, and Chromium paints only that one anew. */
const PIECE_POINTS = 16;
/** Far from the base, numbers of points would have more digits than a path needs. */
const REBASE_AFTER = 4096;
const SVG = 'http://www.w3.org/2000/svg';

/** The pieces of one line that are in the document, by their number. */
interface DrawnLine {
  group: Element;
  path: LinePath;
  pieces: Map<number, { element: SVGPathElement; d: string; strokePx: number; dashAt: string }>;
}

/** Draws in coordinates in which a point stays where it is, and moves the whole group. */
export class LinesDrawing {
  readonly #sliding: boolean;
  readonly #lines = new Map<string, DrawnLine>();
  #base = 0;
  #pointNs = 0;
  #scale = '';
  #yOf: PixelOf | null = null;

  /** A drawing that doesn't slide has each line in one piece. */
  constructor(sliding: boolean) {
    this.#sliding = sliding;
  }

  draw(group: SVGGElement, points: LatencyPoints, band: number | null, xOf: PixelOf, yOf: PixelOf): void {
    const { first, pointNs, nowNs } = points;
    if (pointNs !== this.#pointNs || first < this.#base || first - this.#base > REBASE_AFTER)
      [this.#base, this.#pointNs] = [first, pointNs];
    const nowPx = xOf(0) ?? 0;
    const pxPerNs = (nowPx - (xOf(-1) ?? 0)) / 1e9;
    const stepPx = pointNs * pxPerNs;
    this.#move(group, nowPx + ((this.#base + 0.5) * pointNs - nowNs) * pxPerNs);
    // On another scale no piece of before can stay.
    const scale = `${this.#base} ${stepPx} ${pointNs}`;
    if (scale !== this.#scale || yOf !== this.#yOf) this.#clear();
    [this.#scale, this.#yOf] = [scale, yOf];
    let place = 0;
    for (const child of group.children) {
      if (child.localName === 'path') {
        if (band !== null) child.setAttribute('d', this.#band(points, band, stepPx, yOf));
        continue;
      }
      const line = this.#lineOf(child);
      line.path.setScale({ base: this.#base, stepPx, yOf });
      this.#drawLine(line, points, place);
      place += 1;
    }
  }

  /** By whole pixels: the lines are a layer of their own, which would blur in between. */
  #move(group: SVGGElement, left: number): void {
    if (this.#sliding) group.style.transform = `translateX(${Math.round(left)}px)`;
    else group.setAttribute('transform', `translate(${left.toFixed(1)} 0)`);
  }

  #drawLine({ group, path, pieces }: DrawnLine, points: LatencyPoints, place: number): void {
    const { first, count } = points;
    const last = first + count - 1;
    const values = points.medians[place] ?? [];
    const length = this.#sliding ? PIECE_POINTS : Number.MAX_SAFE_INTEGER;
    const oldest = Math.floor(first / length);
    let strokeBefore = 0;
    for (const [number, piece] of pieces) {
      if (number >= oldest && number * length < last) continue;
      piece.element.remove();
      pieces.delete(number);
    }
    for (let number = oldest; number * length < Math.max(last, 1); number += 1) {
      const from = number * length;
      let piece = pieces.get(number);
      // Its first points have left the window on the left: it stays as it was, and the plot cuts it off.
      const leaving = piece !== undefined && from < first;
      if (!leaving) {
        const drawn = path.piece(values, first, Math.max(from, first), Math.min(from + length, last));
        piece ??= newPiece(group, pieces, number);
        if (drawn.d !== piece.d) piece.element.setAttribute('d', drawn.d);
        Object.assign(piece, drawn);
      }
      if (piece === undefined) continue;
      const dashAt = strokeBefore.toFixed(1);
      if (dashAt !== piece.dashAt && this.#sliding && !leaving) {
        piece.element.setAttribute('stroke-dashoffset', dashAt);
        piece.dashAt = dashAt;
      }
      strokeBefore = Number(piece.dashAt) + piece.strokePx;
    }
  }

  #lineOf(group: Element): DrawnLine {
    const id = group.getAttribute('data-channel') ?? '';
    let line = this.#lines.get(id);
    if (line?.group !== group) {
      line = { group, path: new LinePath(), pieces: new Map() };
      this.#lines.set(id, line);
    }
    return line;
  }

  #clear(): void {
    for (const { pieces } of this.#lines.values()) {
      for (const { element } of pieces.values()) element.remove();
      pieces.clear();
    }
  }

  #band(points: LatencyPoints, band: number, stepPx: number, yOf: PixelOf): string {
    const { lows, highs } = bandOf(points, band);
    return bandPath(
      lows.map((_, index) => (points.first + index - this.#base) * stepPx),
      lows,
      highs,
      yOf,
    );
  }
}

function newPiece(group: Element, pieces: DrawnLine['pieces'], number: number) {
  const element = document.createElementNS(SVG, 'path');
  group.append(element);
  const piece = { element, d: '', strokePx: 0, dashAt: '0.0' };
  pieces.set(number, piece);
  return piece;
}
