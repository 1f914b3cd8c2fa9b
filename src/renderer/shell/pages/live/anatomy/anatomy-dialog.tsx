import { useEffect, useState } from 'react';
import type { PingChoice } from '../../../../../shared/anatomy-view';
import { PROCESS_STATE_WORDS } from '../../../../../shared/state-words';
import { selectChannels, selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Modal } from '../../../ui/modal';
import { Segmented } from '../../../ui/segmented';
import { act } from '../../../bridge';
import { COPIED_TABLE, copyTable } from '../../copy';
import { Word } from '../../word';
import { isCharted } from '../chart/chart-model';
import { stretchText } from '../chart/time-axis';
import { type BarScale, numberedStages } from '../../../charts/stages/stage-layout';
import { StageBars, StageTable } from '../../../charts/stages/stage-bars';
import { barsOf } from './anatomy-bars';
import { AnatomyCosts } from './anatomy-costs';
import { AnatomySentences } from './anatomy-sentences';
import { shownStretch } from './open-anatomy';
import { PingSteps } from './ping-steps';
import styles from './anatomy.module.css';
import { useAnatomy } from './use-anatomy';

interface Props {
  channelId: string;
  choice: PingChoice | null;
}

/** Where the time of a channel's round trips goes: typical, slow and single ones, stage by stage, and what they cost. */
export function AnatomyDialog({ channelId, choice }: Props) {
  const close = useShell((s) => s.closeDialog);
  const open = useShell((s) => s.openDialog);
  const channels = useShell(selectChannels).filter(isCharted);
  const stretch = useShell((s) => s.stretch);
  const frozen = useShell((s) => s.frozen);
  const [scale, setScale] = useState<BarScale>('share');
  const shown = shownStretch({ stretch, frozen });
  const state = useAnatomy(channelId, shown, choice);
  const channel = channels.find(({ id }) => id === channelId);
  const process = useShell((s) => selectProcesses(s).find(({ id }) => id === channel?.processId));
  const waiting = process === undefined || process.state.kind === 'running' ? null : process;
  const kept = useShell((s) => s.snapshot?.settings.stages === true);
  useWatchedStages();
  const peer = process?.kind === 'renderer' ? 'page' : 'plugin';
  const view = state.kind === 'read' ? state.view : null;
  const bars = barsOf(view);
  const numbered = numberedStages(bars);
  return (
    <Modal title="Anatomy of a round trip" wide onClose={close}>
      <div className={styles['head']}>
        <label>
          <span>Channel</span>
          <select
            value={channelId}
            data-testid="anatomy-channel"
            onChange={(event) => open({ kind: 'anatomy', channelId: event.target.value, ping: null })}
          >
            {channels.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span className={styles['time']}>
          {shown === null ? 'last 30 s' : stretchText(shown)}
          {view !== null && ` · ${view.staged} of ${view.answered} answered pings have stages`}
          {waiting !== null && ` · ${waiting.name}: ${PROCESS_STATE_WORDS[waiting.state.kind]}`}
        </span>
        <Segmented<BarScale>
          legend="Length of the bars"
          name="anatomy-scale"
          options={[
            { value: 'share', label: 'Share', title: 'Each bar over the whole width' },
            { value: 'time', label: 'Time', title: 'All bars on one scale of time' },
          ]}
          value={scale}
          onChange={setScale}
        />
      </div>
      <AnatomySentences state={state} peer={peer} live={shown === null} />
      <StageBars bars={bars} stages={numbered} scale={scale} peer={peer} />
      <PingSteps channelId={channelId} ping={view?.ping ?? null} />
      <section className={styles['section']}>
        <header>
          <h3>
            <Word id="stage">Stages</Word>
          </h3>
          <button type="button" className="small-button" onClick={() => void copyTable()}>
            Copy the table
          </button>
        </header>
        <div className="table-scroll" tabIndex={0} role="group" aria-label="Stages">
          <StageTable
            bars={bars}
            stages={numbered}
            peer={peer}
            sum="Round trip, from the intended send"
            caption="Stages of a round trip, in µs and in per cent of it"
            attributes={COPIED_TABLE}
          />
        </div>
      </section>
      {channel !== undefined && <AnatomyCosts channel={channel} />}
      <p className="dialog-note">
        Each bar is the mean of the pings around a percentile of the round trips from the intended send. Waiting for a
        thread is what lies between the end of a call that wrote and the moment at which the other thread had read. What
        can’t be seen from outside is one stage. While stages are measured, each pong carries 40 bytes more.
      </p>
      <label className={styles['keep']}>
        <input
          type="checkbox"
          data-testid="anatomy-keep"
          checked={kept}
          onChange={(event) => void act('probe:configure', { stages: event.target.checked })}
        />
        <span>
          Keep measuring stages after this is closed
          <small>
            Any ping of the chart can then be taken apart, and recordings and traces have the stages. Remembered for the
            next start.
          </small>
        </span>
      </label>
    </Modal>
  );
}

/** Who opens it wants to see stages: they are measured for as long. */
function useWatchedStages(): void {
  useEffect(() => {
    void act('stages:watch', true);
    return () => void act('stages:watch', false);
  }, []);
}
