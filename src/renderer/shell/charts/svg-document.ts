import type { LineLook } from './line-spec';
import type { ChartTheme } from './chart-theme';

export const FONT_FAMILY = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif";

const PADDING = 24;
const TITLE_PX = 20;
const SUBTITLE_PX = 12;
const LEGEND_PX = 12;
const LEGEND_ROW_PX = 20;
const SWATCH_PX = 34;
/** An average character's width as a share of the font size, on the generous side. */
const CHAR = 0.6;

/** Where the plot goes: below the title and subtitle. */
export const PLOT_TOP = 76;

export interface DocumentParts {
  width: number;
  /** Wanted height; the document grows when the legend would leave the plot less than `minPlotHeight`. */
  height: number;
  title: string;
  subtitle: string;
  lines: readonly LineLook[];
  theme: ChartTheme;
}

export interface DocumentLayout {
  width: number;
  height: number;
  plotHeight: number;
  legendRows: { line: LineLook; x: number }[][];
}

/** Wraps the legend into rows and gives the rest of the height to the plot. */
export function layoutDocument(parts: DocumentParts, minPlotHeight = 360): DocumentLayout {
  const legendRows: DocumentLayout['legendRows'] = [];
  let x = Infinity;
  for (const line of parts.lines) {
    const width = SWATCH_PX + line.label.length * LEGEND_PX * CHAR + 20;
    if (x + width > parts.width - PADDING) {
      legendRows.push([]);
      x = PADDING;
    }
    legendRows.at(-1)?.push({ line, x });
    x += width;
  }
  const legendHeight = legendRows.length * LEGEND_ROW_PX + PADDING;
  const plotHeight = Math.max(minPlotHeight, parts.height - PLOT_TOP - legendHeight);
  return { width: parts.width, height: PLOT_TOP + plotHeight + legendHeight, plotHeight, legendRows };
}

/** One standalone SVG document: background, title, subtitle, the plot (an `<svg>` element as text) and a drawn legend. */
export function composeDocument(parts: DocumentParts, layout: DocumentLayout, plotSvg: string): string {
  const { width, height, plotHeight, legendRows } = layout;
  const { theme } = parts;
  const legend = legendRows.flatMap((row, index) => {
    const y = PLOT_TOP + plotHeight + 18 + index * LEGEND_ROW_PX;
    return row.map(({ line, x }) => {
      const dash = line.dash === 'none' ? '' : ` stroke-dasharray="${line.dash}"`;
      return (
        `<line x1="${x + 2}" x2="${x + 26}" y1="${y - 4}" y2="${y - 4}" stroke="${line.colour}" stroke-width="2.5" stroke-linecap="round"${dash}/>` +
        `<text x="${x + SWATCH_PX}" y="${y}" font-size="${LEGEND_PX}" fill="${theme.ink}">${escapeXml(line.label)}</text>`
      );
    });
  });
  const document = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(FONT_FAMILY)}">`,
    `<title>${escapeXml(parts.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${theme.background}"/>`,
    `<text x="${PADDING}" y="36" font-size="${TITLE_PX}" font-weight="600" fill="${theme.ink}">${escapeXml(parts.title)}</text>`,
    `<text x="${PADDING}" y="58" font-size="${SUBTITLE_PX}" fill="${theme.inkSoft}">${escapeXml(parts.subtitle)}</text>`,
    plotSvg,
    `<g>${legend.join('')}</g>`,
    '</svg>',
  ].join('\n');
  return dropIllegal(document);
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** XML 1.0 has no way to write most control characters or half a surrogate pair, so a page title must not bring any in. */
function dropIllegal(xml: string): string {
  let clean = '';
  for (const char of xml) {
    const code = char.codePointAt(0) ?? 0;
    const legal =
      code === 0x9 ||
      code === 0xa ||
      code === 0xd ||
      (code >= 0x20 && code < 0xd800) ||
      (code > 0xdfff && code < 0xfffe) ||
      code > 0xffff;
    if (legal) clean += char;
  }
  return clean;
}
