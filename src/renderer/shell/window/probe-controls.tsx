import { parseBytes } from '../../../shared/format';
import { render } from '../../../shared/messages/message';
import { attempt } from '../bridge';
import { useShell } from '../store/shell-store';
import { NumberField } from '../ui/number-field';
import { PROBE_LIMITS, type ProbeNumber } from './probe-limits';

/** Rate, payload and time limit, for all channels at once. */
export function ProbeControls() {
  const settings = useShell((s) => s.snapshot?.settings);
  if (!settings) return <div className="probe-controls" />;
  const field = (key: ProbeNumber, label: string, unit: string, testId: string) => (
    <NumberField
      label={label}
      unit={unit}
      testId={testId}
      value={settings[key]}
      {...PROBE_LIMITS[key]}
      {...(key === 'payloadBytes' ? { parse: parseBytes } : {})}
      apply={async (value) => {
        const outcome = await attempt('probe:configure', { [key]: value });
        return outcome.ok ? null : render(outcome.message);
      }}
    />
  );
  return (
    <div className="probe-controls" role="group" aria-label="How every channel is probed">
      {field('ratePerSecond', 'Rate', 'pings/s', 'rate')}
      {field('payloadBytes', 'Payload', 'B', 'payload')}
      {field('timeoutMs', 'Lost after', 'ms', 'timeout')}
    </div>
  );
}
