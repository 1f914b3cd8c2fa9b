import { useId, useState, type FormEvent } from 'react';
import { useShell } from '../../../store/shell-store';
import { Modal } from '../../../ui/modal';
import { CHART_WINDOWS } from '../series/chart-windows';
import { liveSeries } from '../series/live-series';
import { readStretch } from './read-stretch';
import { zoomTo } from './zoom';

/** A stretch of time by its ends, for the keyboard and for who knows them from a list. */
export function StretchDialog() {
  const close = useShell((s) => s.closeDialog);
  const [ends, setEnds] = useState(presentEnds);
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const stretch = readStretch(ends.from, ends.to, liveSeries.nowNs);
    if (!stretch.ok) return setWrong(stretch.message);
    close();
    void zoomTo(stretch.fromNs, stretch.toNs);
  };
  const field = (key: 'from' | 'to', label: string) => (
    <label>
      <span>{label}</span>
      <input
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        data-testid={`stretch-${key}`}
        value={ends[key]}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-wrong`}
        onChange={(event) => {
          setEnds({ ...ends, [key]: event.target.value });
          setWrong(null);
        }}
      />
      <span>s</span>
    </label>
  );
  return (
    <Modal title="Zoom into a stretch of time" onClose={close}>
      <p className="dialog-lead">
        Charts and table show what was measured between these times of the recording, with exact percentiles. Measuring
        goes on; Esc brings the live view back.
      </p>
      <form className="stretch-form" onSubmit={submit}>
        {field('from', 'From')}
        {field('to', 'to')}
        <button type="submit" className="button is-primary">
          Show
        </button>
      </form>
      <p className="stretch-wrong" id={`${id}-wrong`} role="alert">
        {wrong}
      </p>
      <p className="dialog-note">Dragging over the latency chart does the same.</p>
    </Modal>
  );
}

/** Of what is shown now. */
function presentEnds(): { from: string; to: string } {
  const { stretch, window, frozen } = useShell.getState();
  const toNs = stretch?.toNs ?? frozen?.nowNs ?? liveSeries.nowNs;
  const fromNs = stretch?.fromNs ?? Math.max(0, toNs - CHART_WINDOWS[window].spanNs);
  return { from: (fromNs / 1e9).toFixed(1), to: (toNs / 1e9).toFixed(1) };
}
