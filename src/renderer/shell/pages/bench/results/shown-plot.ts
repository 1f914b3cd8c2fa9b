import { DARK_CHART, LIGHT_CHART } from '../../../charts/chart-theme';
import { rasterise } from '../../../charts/rasterise';
import { plotText } from '../../../charts/standalone-plot';
import { composeDocument, layoutDocument } from '../../../charts/svg-document';

/** The plot in the element of this test id just as it is drawn, in its colours, under a title. */
export async function renderShownPlot(testId: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const area = document.querySelector(`[data-testid="${testId}"]`);
  const surface = area?.querySelector<SVGSVGElement>('svg.recharts-surface') ?? null;
  if (surface === null) throw new Error('nothing is drawn. No pair of runs has figures.');
  const caption = area?.closest('figure')?.querySelector('figcaption')?.textContent ?? '';
  const { width, height } = surface.getBoundingClientRect();
  const parts = {
    width,
    height,
    title,
    // Which is which; how to read a box has no room in one line.
    subtitle: caption.split('. ', 2).join('. '),
    lines: [],
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? DARK_CHART : LIGHT_CHART,
  };
  const layout = layoutDocument(parts, height);
  return rasterise(composeDocument(parts, layout, plotText(surface, width, height)), layout.width, layout.height);
}
