import { clockText, timeSpan } from '../../charts/time-axis';
import { LIGHT_CHART } from '../../charts/chart-theme';
import { rasterise } from '../../charts/rasterise';
import { standalonePlot } from '../../charts/standalone-plot';
import { composeDocument, layoutDocument } from '../../charts/svg-document';
import { TimePlot } from '../../charts/time-plot';
import { selectChannels } from '../../store/selectors';
import { useShell } from '../../store/shell-store';
import { askedWords } from './form/running-controls';
import { chartsOf, domainOf } from './live/load-charts';
import { loadMarkers, transportLevels } from './live/load-lines';

const WIDTH = 1200;
const HEIGHT = 675;

/** The race as it is shown, as a picture for the clipboard. Rejects with words for a person. */
export async function shownLoadPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const shell = useShell.getState();
  const { load, hiddenRoutes } = shell;
  if (load === null || load.state.kind === 'idle' || load.points.length === 0)
    throw new Error('there is no load to draw. Start one first.');
  const { form } = load.state;
  const theme = LIGHT_CHART;
  const routes = form.routes.filter(({ route }) => !hiddenRoutes.has(route));
  const [race] = chartsOf(load.points, routes, transportLevels(selectChannels(shell)), theme, form.pace.kind);
  const timesS = load.points.map(({ atS }) => atS);
  const lastS = timesS.at(-1) ?? 0;
  const parts = {
    width: WIDTH,
    height: HEIGHT,
    title: `Bulkhead load: end to end, after ${clockText(lastS)}`,
    subtitle: askedWords(form),
    lines: race.lines,
    theme,
  };
  const layout = layoutDocument(parts);
  const plot = await standalonePlot(
    <TimePlot
      width={WIDTH}
      height={layout.plotHeight}
      title={race.name}
      timesS={timesS}
      span={timeSpan(lastS)}
      lines={race.lines}
      levels={race.levels}
      markers={loadMarkers(load.events, theme)}
      scale={race.scale}
      domain={domainOf(race)}
      tickText={race.tickText}
      theme={theme}
      pointed={null}
    />,
    WIDTH,
    layout.plotHeight,
    (surface) => surface.querySelectorAll('path[d]').length > 1,
  );
  const png = await rasterise(composeDocument(parts, layout, plot), layout.width, layout.height);
  return png as Uint8Array<ArrayBuffer>;
}
