import type { LoadForm } from '../../../../shared/load/form';
import { LOAD_LIMITS as LIMITS } from '../../../../shared/load/limits';
import type { LoadBadRecords, LoadRouteView } from '../../../../shared/load/view';
import { ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../../../../shared/routes/route-catalog';
import { readNumber } from '../../ui/read-number';

/** The form as it stands: numbers are what the person typed, right or wrong. */
export interface LoadDraft {
  routes: Readonly<Record<RouteId, { chosen: boolean; mode: string }>>;
  pace: 'users' | 'rate';
  users: string;
  spawnRate: string;
  /** Seconds. */
  waitFrom: string;
  waitTo: string;
  rate: string;
  distribute: LoadForm['distribute'];
  loop: boolean;
  /** Seconds; empty: no limit. */
  duration: string;
  maxInFlight: string;
  /** Null: the file that ships. */
  file: TrafficFile | null;
}

/** A file that was read, and is fit to be sent. */
export interface TrafficFile {
  path: string;
  records: number;
  bad: LoadBadRecords;
}

export type NumberField = 'users' | 'spawnRate' | 'waitFrom' | 'waitTo' | 'rate' | 'duration' | 'maxInFlight';
export type LoadField = 'routes' | NumberField;

/** What is wrong with each field, in words. */
export type LoadRefusals = Partial<Record<LoadField, string>>;

/** As they stand before the fields, in the form's order. */
export const FIELD_LABELS: Record<LoadField, string> = {
  routes: 'Routes',
  users: 'Users',
  spawnRate: 'Spawn rate',
  waitFrom: 'Wait from',
  waitTo: 'Wait to',
  rate: 'Rate',
  duration: 'Duration',
  maxInFlight: 'In flight',
};
const FIELDS = Object.keys(FIELD_LABELS) as LoadField[];

/** The numbers are those that `bulkhead load` starts from. */
export const FIRST_DRAFT: LoadDraft = {
  routes: Object.fromEntries(
    ROUTE_IDS.map((id) => [id, { chosen: true, mode: ROUTE_CATALOG[id].modes[0].id }]),
  ) as LoadDraft['routes'],
  pace: 'users',
  users: '50',
  spawnRate: '10',
  waitFrom: '0.2',
  waitTo: '0.9',
  rate: '200',
  distribute: 'all',
  loop: false,
  duration: '',
  maxInFlight: '500',
  file: null,
};

export type ReadLoadDraft = { kind: 'form'; form: LoadForm } | { kind: 'refused'; refusals: LoadRefusals };

/**
 * The form's content as a request, or what is wrong with it. Fields that the pace has no use for are not looked at. A route
 * that could not be had is asked for again: it may have been installed since.
 */
export function readDraft(draft: LoadDraft, views: ReadonlyArray<Pick<LoadRouteView, 'route'>>): ReadLoadDraft {
  const refusals: LoadRefusals = {};
  const routes = views
    .filter(({ route }) => draft.routes[route].chosen)
    .map(({ route }) => ({ route, mode: draft.routes[route].mode }));
  if (routes.length === 0) refusals.routes = 'Choose at least one.';
  const number = (field: NumberField, limits: { min: number; max: number }, whole: boolean): number => {
    const read = readNumber(draft[field], limits, whole);
    if (typeof read === 'number') return read;
    refusals[field] = read.refusal;
    return limits.min;
  };
  const pace = draft.pace === 'users' ? readUsers(number, refusals) : readRate(number);
  const durationS = draft.duration.trim() === '' ? null : number('duration', LIMITS.durationS, false);
  const form: LoadForm = {
    routes,
    pace,
    distribute: draft.distribute,
    loop: draft.loop,
    durationS,
    file: draft.file?.path ?? null,
    maxInFlight: number('maxInFlight', LIMITS.maxInFlight, true),
  };
  return Object.keys(refusals).length > 0 ? { kind: 'refused', refusals } : { kind: 'form', form };
}

type ReadField = (field: NumberField, limits: { min: number; max: number }, whole: boolean) => number;

const WAIT_S = { min: LIMITS.waitMs.min / 1000, max: LIMITS.waitMs.max / 1000 };

function readUsers(number: ReadField, refusals: LoadRefusals): LoadForm['pace'] {
  const users = number('users', LIMITS.users, true);
  const spawnRate = number('spawnRate', LIMITS.spawnRate, false);
  const from = number('waitFrom', WAIT_S, false);
  const to = number('waitTo', WAIT_S, false);
  if (refusals.waitFrom === undefined && from > to) refusals.waitTo ??= 'Not less than “Wait from”';
  return { kind: 'users', users, spawnRate, waitMs: [toMs(from), toMs(to)] };
}

function readRate(number: ReadField): LoadForm['pace'] {
  return { kind: 'rate', perSecond: number('rate', LIMITS.ratePerSecond, false) };
}

/** Without the dust of a binary fraction: 0.9 s are 900 ms. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}

/** What keeps a load from starting: the first field that is wrong with what it takes, and the names of the others. */
export function refusalWords(refusals: LoadRefusals): string {
  const [first, ...others] = FIELDS.filter((field) => refusals[field] !== undefined);
  if (first === undefined) return '';
  const also = others.length === 0 ? '' : ` Also ${others.map((field) => FIELD_LABELS[field]).join(', ')}.`;
  return `${FIELD_LABELS[first]}: ${refusals[first]?.replace(/\.$/, '')}.${also}`;
}
