import { type ReactNode, useRef } from 'react';
import type { Placement } from '../../../../shared/bench/request';
import { Segmented } from '../../ui/segmented';
import { useShell } from '../../store/shell-store';
import { Word } from '../word';
import { runBenchmark } from './bench-actions';
import { FIELD_LABELS, type NumberField, readDraft, type Refusals } from './bench-draft';
import { FormNumber } from '../../ui/form-number';
import { MethodChoice } from './method-choice';
import { isSet, PRESETS } from './presets';
import { RunPanel } from './run-panel';
import { SizeChoice } from './size-choice';

const PLACEMENTS: { value: Placement; label: string; title: string }[] = [
  { value: 'free', label: 'Free', title: 'The scheduler places both processes' },
  { value: 'same-core', label: 'Same core', title: 'Both processes on one core, all threads' },
  { value: 'cross-core', label: 'Cross-core', title: 'Each process on a core of its own, all threads' },
];
const NONE: Refusals = {};

export function FormPanel() {
  const form = useRef<HTMLFormElement>(null);
  const draft = useShell((s) => s.draft);
  const methods = useShell((s) => s.bench?.methods);
  const setDraft = useShell((s) => s.setDraft);
  const read = readDraft(draft, methods ?? []);
  const refusals = read.kind === 'refused' ? read.refusals : NONE;
  const number = (field: NumberField, unit: string) => (
    <FormNumber
      label={FIELD_LABELS[field]}
      unit={unit}
      testId={`bench-${field}`}
      text={draft[field]}
      refusal={refusals[field] ?? null}
      onChange={(text) => setDraft({ [field]: text })}
    />
  );
  return (
    <form
      ref={form}
      className="panel bench-form"
      aria-label="What to measure"
      onSubmit={(event) => {
        event.preventDefault();
        if (read.kind === 'form') void runBenchmark();
        else form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      }}
    >
      <div className="bench-fields">
        <div className="bench-presets" role="group" aria-label="Start from">
          {PRESETS.map((preset) => (
            <button
              key={preset.id}
              type="button"
              className="bench-chip"
              title={preset.title}
              data-testid={`bench-preset-${preset.id}`}
              aria-pressed={isSet(preset, draft)}
              onClick={() => setDraft(preset.fields)}
            >
              {preset.label}
            </button>
          ))}
        </div>
        <MethodChoice methods={methods ?? []} refusal={refusals.methods ?? null} />
        <SizeChoice methods={methods ?? []} refusal={refusals.sizes ?? null} />
        <div className="bench-rows">
          <Segmented
            legend={<Word id="route">Routes</Word>}
            showLegend
            name="bench-routes"
            options={[
              {
                value: 'main',
                label: 'Main',
                title: 'Each method between the processes that it is mostly used between',
              },
              {
                value: 'all',
                label: 'All',
                title: 'Also to and from renderers and the browser process, where a method goes there',
              },
            ]}
            value={draft.allRoutes ? 'all' : 'main'}
            onChange={(routes) => setDraft({ allRoutes: routes === 'all' })}
          />
          <Segmented
            legend={<Word id="placement">Placement</Word>}
            showLegend
            name="bench-placement"
            options={PLACEMENTS}
            value={draft.placement}
            onChange={(placement) => setDraft({ placement })}
          />
          <Segmented
            legend="I/O"
            showLegend
            name="bench-io"
            options={[
              {
                value: 'native',
                label: 'Addon',
                title: 'The addon reads and writes sockets and pipes, where it is there',
              },
              { value: 'node', label: 'Node.js', title: 'Node.js alone, to see what the addon saves' },
            ]}
            value={draft.io}
            onChange={(io) => setDraft({ io })}
          />
          <Segmented
            legend="Thread"
            showLegend
            name="bench-thread"
            options={[
              { value: 'main', label: 'Main', title: 'In each process’s main thread, as most applications do' },
              {
                value: 'worker',
                label: 'Worker',
                title: 'In a worker thread, which is woken without Chromium’s event loop; kernel transports alone',
              },
            ]}
            value={draft.thread}
            onChange={(thread) => setDraft({ thread })}
          />
          <Segmented
            legend={<Word id="loop">Loop</Word>}
            showLegend
            name="bench-mode"
            options={[
              { value: 'closed', label: 'Closed', title: 'The next ping goes out when the pong is there' },
              { value: 'open', label: 'Open', title: 'Pings go out at a fixed rate, whatever became of those before' },
            ]}
            value={draft.mode}
            onChange={(mode) => setDraft({ mode })}
          />
          {draft.mode === 'closed' ? (
            number('cycles', 'in all rounds')
          ) : (
            <>
              {number('rate', 'pings/s')}
              {number('duration', 's in all rounds')}
            </>
          )}
          {number('rounds', 'interleaved')}
          {number('warmup', 'per round, not counted')}
          {number('timeout', 'ms')}
          <BenchSwitch
            name="floor"
            testId="bench-floor"
            title="The same ping-pong between two C processes, in the same round"
          >
            Measure the kernel floor beside each
          </BenchSwitch>
          <BenchSwitch
            name="anatomy"
            testId="bench-anatomy"
            title="Where the time of typical and slow round trips goes; each pong carries 40 bytes more"
          >
            Measure the <Word id="stage">stages</Word> too
          </BenchSwitch>
          <BenchSwitch
            name="keepLive"
            testId="bench-keep-live"
            title="Otherwise they rest until the benchmark is over: what runs beside it disturbs it"
          >
            Keep the live channels running
          </BenchSwitch>
        </div>
      </div>
      <RunPanel read={read} />
    </form>
  );
}

interface BenchSwitchProps {
  name: 'floor' | 'anatomy' | 'keepLive';
  testId: string;
  title: string;
  children: ReactNode;
}

function BenchSwitch({ name, testId, title, children }: BenchSwitchProps) {
  const on = useShell((s) => s.draft[name]);
  const setDraft = useShell((s) => s.setDraft);
  return (
    <label className="bench-switch" title={title}>
      <input
        type="checkbox"
        role="switch"
        className="switch"
        data-testid={testId}
        checked={on}
        onChange={(event) => setDraft({ [name]: event.target.checked })}
      />
      {children}
    </label>
  );
}
