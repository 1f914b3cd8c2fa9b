import type { BenchRun } from '../../../../../shared/bench/schema';
import type { ChartImage } from '../../../../../shared/ipc-contract';
import type { ChartTheme } from '../../../charts/chart-theme';
import { rasterise } from '../../../charts/rasterise';
import { StagePicture, stagePictureHeight } from '../../../charts/stages/stage-picture';
import { standalonePlot } from '../../../charts/standalone-plot';
import { composeDocument, layoutDocument } from '../../../charts/svg-document';
import { STAGES_SUM, stagesOf } from './run-stages';

const WIDTH = 1200;

export interface StagesImageRequest {
  run: BenchRun;
  /** The run's name. */
  label: string;
  title: string;
  subtitle: string;
  theme: ChartTheme;
  png: boolean;
}

/** Where the time of a run's round trips went, as one SVG document, and as PNG when asked for. */
export async function renderStagesImage({
  run,
  label,
  title,
  subtitle,
  theme,
  png,
}: StagesImageRequest): Promise<ChartImage> {
  const { takenApart, ...shown } = stagesOf(run);
  const height = stagePictureHeight(shown);
  const heading = `Stages of ${label}${takenApart === null ? '' : `, ${takenApart} taken apart`}`;
  const drawn = await standalonePlot(
    <StagePicture {...shown} width={WIDTH} heading={heading} sum={STAGES_SUM} theme={theme} />,
    WIDTH,
    height,
    () => true,
  );
  const parts = { width: WIDTH, height, title, subtitle, lines: [], theme };
  const layout = layoutDocument(parts, height);
  const svg = composeDocument(parts, layout, drawn);
  return { svg, png: png ? await rasterise(svg, layout.width, layout.height) : null };
}
