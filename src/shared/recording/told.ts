import type { LabEvent } from '../events';
import type { Incident } from '../incident';
import { type Message, render } from '../messages/message';

/** What is said in a recording stands there in English, for whoever reads it, and as codes, for another language. */
export type RecordedEvent = Omit<LabEvent, 'label' | 'detail'> & {
  label: string;
  detail: string;
  labelMessage: Message;
  detailMessage: Message;
};
export type RecordedIncident = Omit<Incident, 'how'> & { how: string; howMessage: Message };

export function recordedEvent({ label, detail, ...event }: LabEvent): RecordedEvent {
  return {
    ...event,
    label: render(label),
    detail: render(detail),
    labelMessage: label,
    detailMessage: detail,
  };
}

export function recordedIncident({ how, ...incident }: Incident): RecordedIncident {
  return { ...incident, how: render(how), howMessage: how };
}
