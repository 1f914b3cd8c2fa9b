import type { LoadDraft } from './load-draft';

type Fields = Omit<LoadDraft, 'routes' | 'file' | 'maxInFlight'>;

export interface Preset {
  id: string;
  label: string;
  title: string;
  /** Only what a kind of load is about: routes and file stay. */
  fields: Partial<Fields>;
}

/** Kinds of load to begin with. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'once',
    label: 'Once',
    title: 'Each record once over every route: 50 users who wait 0.2 to 0.9 s, as Locust’s do by default here',
    fields: {
      pace: 'users',
      users: '50',
      spawnRate: '10',
      waitFrom: '0.2',
      waitTo: '0.9',
      loop: false,
      duration: '',
      distribute: 'all',
    },
  },
  {
    id: 'race',
    label: 'Race',
    title: 'The same steady rate over every route for a minute, whatever becomes of the posts before',
    fields: { pace: 'rate', rate: '50', loop: true, duration: '60', distribute: 'all' },
  },
  {
    id: 'balance',
    label: 'Balance',
    title: 'Each record over one of the routes, in turn',
    fields: { pace: 'users', users: '50', spawnRate: '10', loop: false, duration: '', distribute: 'balance' },
  },
  {
    id: 'kill',
    label: 'Until stopped',
    title: 'Over and over until Stop: time to kill a server, and to see what becomes of the messages',
    fields: { pace: 'rate', rate: '50', loop: true, duration: '', distribute: 'all' },
  },
];

/** Whether the form has what the preset would set. */
export function isSet({ fields }: Preset, draft: LoadDraft): boolean {
  return (Object.keys(fields) as (keyof Fields)[]).every((field) => draft[field] === fields[field]);
}
