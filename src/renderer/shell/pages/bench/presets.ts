import type { BenchDraft } from './bench-draft';

type Fields = Pick<BenchDraft, 'sizes' | 'mode' | 'cycles' | 'rate' | 'duration' | 'rounds' | 'warmup'>;

export interface Preset {
  id: string;
  label: string;
  title: string;
  /** Only what a kind of traffic is about: methods, routes and placement stay. */
  fields: Partial<Fields>;
}

/** Kinds of traffic to begin with. Each measures enough for an answer. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'rpc',
    label: 'Small RPC',
    title: 'Short questions and answers, one after the other: 64 B and 1 KiB in a closed loop, ten rounds',
    fields: { sizes: '64 B, 1 KiB', mode: 'closed', cycles: '10,000', rounds: '10', warmup: '1,000' },
  },
  {
    id: 'bulk',
    label: 'Bulk',
    title: 'Large messages, one after the other: 16 KiB to 1 MiB in a closed loop, five rounds',
    fields: { sizes: '16 KiB, 64 KiB, 256 KiB, 1 MiB', mode: 'closed', cycles: '2,000', rounds: '5', warmup: '100' },
  },
  {
    id: 'streaming',
    label: 'Streaming',
    title: 'Messages at a steady rate, whatever became of those before: 1,000 a second of 1 KiB, five rounds',
    fields: { sizes: '1 KiB', mode: 'open', rate: '1,000', duration: '10', rounds: '5', warmup: '500' },
  },
];

/** Whether the form has what the preset would set. */
export function isSet({ fields }: Preset, draft: BenchDraft): boolean {
  return (Object.keys(fields) as (keyof Fields)[]).every((field) => draft[field] === fields[field]);
}
