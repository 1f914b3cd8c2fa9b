import type { ChartView } from '../../shared/feed';
import type { ExportFormat } from '../../shared/export-formats';
import type { ChartImage } from '../../shared/ipc-contract';
import { MessageError, say, words } from '../../shared/messages/message';
import type { CutRecording } from '../../shared/recording/cut';
import { htmlReport } from '../../shared/recording/html';
import { csvPieces, jsonPieces, type Piece } from '../../shared/recording/write';
import { recordingTrace } from '../../shared/trace/recording-trace';
import { tracePieces } from '../../shared/trace/write-trace';

/** Has the shell draw a chart. */
export type Draw = (view: ChartView, title: string, png: boolean) => Promise<ChartImage>;

/** What goes into the file of each format. The compiler asks for a line here when the catalogue gets a new row. */
export const PIECES: Record<ExportFormat, (recording: CutRecording, draw: Draw) => Promise<Iterable<Piece>>> = {
  json: async (recording) => jsonPieces(recording),
  csv: async (recording) => csvPieces(recording),
  svg: async (recording, draw) => whole((await draw('shown', titleOf(recording), false)).svg),
  png: async (recording, draw) => {
    const { png } = await draw('shown', titleOf(recording), true);
    if (png === null) throw new MessageError(say('chart.no-image'));
    return whole(png);
  },
  html: async (recording, draw) => {
    const latency = await draw('latency', titleOf(recording), false);
    const percentiles = await draw(
      'percentiles',
      words('chart.percentiles-title', { date: recording.beganAt.slice(0, 10) }),
      false,
    );
    return whole(htmlReport(recording, { latency: latency.svg, percentiles: percentiles.svg }));
  },
  trace: async (recording) => tracePieces(recordingTrace(recording)),
};

function titleOf({ beganAt }: CutRecording): string {
  return words('chart.latency-title', { date: beganAt.slice(0, 10) });
}

function whole(content: string | Uint8Array): Piece[] {
  return [{ content, samples: 0 }];
}
