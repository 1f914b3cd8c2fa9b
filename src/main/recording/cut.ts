import { type CutRecording, cutSamples } from '../../shared/recording/cut';
import { RECORDING_FORMAT, RECORDING_VERSION } from '../../shared/recording/schema';
import type { Environment } from '../../shared/snapshot';
import { nowNs, recordingBeganAt } from '../clock';
import type { Laboratory } from '../laboratory';

/** The recording as it stands now. Channels of sites that were closed since are in it too. */
export function cutRecording(laboratory: Laboratory, environment: Environment): CutRecording {
  const endedAtNs = nowNs();
  laboratory.incidents.update(laboratory.settings.timeoutMs);
  return {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    beganAt: recordingBeganAt.toISOString(),
    endedAtNs,
    environment,
    settings: laboratory.settings,
    events: [...laboratory.events.all],
    incidents: structuredClone(laboratory.incidents.all),
    channels: laboratory.hosts.flatMap((host) =>
      host.channels.map((channel) => ({
        id: channel.id,
        label: channel.label,
        process: { id: host.id, kind: host.kind === 'plugin' ? ('plugin' as const) : ('renderer' as const), name: host.name },
        transport: channel.transport,
        totals: channel.totals(),
        ...cutSamples(channel.probe.log, endedAtNs),
      })),
    ),
  };
}
