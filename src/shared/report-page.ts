/** What every report is made of: one page that opens by itself, and asks the network for nothing. */

export interface ReportPage {
  title: string;
  /** Below the title, as text. */
  summary: string;
  /** Style sheet. */
  style: string;
  /** Sections, as HTML. */
  body: string;
}

export function reportPage({ title, summary, style, body }: ReportPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escape(title)}</h1>
<p>${escape(summary)}</p>
</header>
<main>
${body}
</main>
</body>
</html>
`;
}

/** `html` under a heading of its own. */
export function section(id: string, heading: string, html: string): string {
  return `<section aria-labelledby="h-${id}"><h2 id="h-${id}">${escape(heading)}</h2>${html}</section>`;
}

export function table(head: string[], rows: string[][], textColumns: number): string {
  return rawTable(
    head,
    rows.map((row) => row.map(escape)),
    textColumns === 0 ? head.length : textColumns,
  );
}

/** Cells from `textColumns` on are numbers and stand to the right. Cells are HTML. */
export function rawTable(head: string[], rows: string[][], textColumns: number): string {
  const cell = (tag: string) => (html: string, i: number) =>
    `<${tag}${i >= textColumns ? ' class="n"' : ''}>${html}</${tag}>`;
  return `<div class="scroll"><table><thead><tr>${head.map(escape).map(cell('th')).join('')}</tr></thead><tbody>
${rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n')}
</tbody></table></div>`;
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Of the page, its headings, tables and notes. */
export const REPORT_STYLE = `
:root{color-scheme:light;font:15px/1.5 system-ui,sans-serif;--ink:#17212b;--soft:#55636f;--line:#d5dbe1;--head:#f3f6f8;--ground:#fff;color:var(--ink);background:var(--ground)}
body{margin:0 auto;max-width:1200px;padding:24px}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:32px 0 8px}
figure{margin:0;border:1px solid var(--line);border-radius:6px;overflow:hidden}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600;background:var(--head)}
.n{text-align:right}
small{display:block;color:var(--soft);font-size:12px}
.note{color:var(--soft);font-size:13px}
`;
