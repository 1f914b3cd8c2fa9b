import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CutChannel,
  type CutFloorSeries,
  type CutRecording,
  cutSamples,
  freezeSamples,
} from '../../shared/recording/cut';
import { endIncidents } from '../../shared/recording/end-incidents';
import { RECORDING_FORMAT, RECORDING_VERSION } from '../../shared/recording/schema';
import { recordedEvent, recordedIncident } from '../../shared/recording/told';
import { BROWSER_PROCESS_ID, type Environment } from '../../shared/snapshot';
import { nowNs, recordingBeganAt } from '../clock';
import type { FloorMeter } from '../floors';
import type { Laboratory } from '../laboratory';
import type { ProcessMeter } from '../processes/process-meter';

/** The recording as it stands at the call. Channels of sites that were closed since are in it too. */
export async function cutRecording(
  laboratory: Laboratory,
  floors: FloorMeter,
  meter: Pick<ProcessMeter, 'cpuHistory'>,
  environment: Environment,
): Promise<CutRecording> {
  laboratory.bringUpToDate();
  const endedAtNs = nowNs();
  laboratory.incidents.update(laboratory.settings.timeoutMs);
  const head: Omit<CutRecording, 'channels' | 'floorSeries'> = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    beganAt: recordingBeganAt.toISOString(),
    endedAtNs,
    environment,
    settings: laboratory.settings,
    floors: floors.measured(),
    events: laboratory.events.all.map(recordedEvent),
    incidents: endIncidents(laboratory.incidents.all).map(recordedIncident),
    processes: [
      { id: BROWSER_PROCESS_ID, name: 'Browser', kind: 'browser', pid: process.pid },
      ...laboratory.hosts.map(({ id, name, kind, pid }) => ({ id, name, kind, pid })),
    ],
    cpu: meter.cpuHistory,
  };
  // All channels are fixed in this turn; what takes time comes after.
  const fixed = laboratory.hosts.flatMap((host) =>
    // A channel that was never switched on has nothing to tell.
    host.channels
      .filter((channel) => channel.everEnabled)
      .map((channel) => ({
        frozen: freezeSamples(channel.probe.log, endedAtNs),
        facts: {
          id: channel.id,
          label: channel.label,
          process: {
            id: host.id,
            kind: host.kind === 'plugin' ? ('plugin' as const) : ('renderer' as const),
            name: host.name,
          },
          transport: channel.transport,
          thread: channel.thread,
          totals: channel.totals(),
        },
      })),
  );
  const fixedFloors = floors.series().map(({ log, ...facts }) => ({ facts, frozen: freezeSamples(log, endedAtNs) }));
  const channels: CutChannel[] = [];
  for (const { facts, frozen } of fixed) channels.push({ ...facts, ...(await cutSamples(frozen, () => nextTurn())) });
  const floorSeries: CutFloorSeries[] = [];
  for (const { facts, frozen } of fixedFloors) {
    const { fromSent: _, fromIntended: __, ...cut } = await cutSamples(frozen, () => nextTurn());
    floorSeries.push({ ...facts, ...cut });
  }
  return { ...head, channels, floorSeries };
}
