import { expect, test } from 'vitest';
import { planSteps, type PlannedRun, type Step } from '../shared/bench/plan';
import { roundOf } from '../shared/bench/fixtures';
import { runSchedule, type ScheduleProgress, type ScheduleWork } from './schedule';

const runs: PlannedRun[] = [
  { index: 0, method: 'fifo', route: 'plugin-plugin', sizeBytes: 64, unavailable: null },
  { index: 1, method: 'udp', route: 'plugin-plugin', sizeBytes: 64, unavailable: null },
];
const steps = planSteps(runs, { mode: { kind: 'closed', cycles: 10 }, rounds: 2 });
const nameOf = ({ run, round }: Step) => `${run.method} ${round}`;

function schedule(work: Partial<ScheduleWork>, controller = new AbortController()) {
  const order: string[] = [];
  const progress: ScheduleProgress[] = [];
  const measured: Array<[method: string, rounds: number, floors: number]> = [];
  let nowMs = 0;
  const records = runSchedule({
    runs,
    steps,
    signal: controller.signal,
    nowMs: () => nowMs,
    onProgress: (each) => progress.push(each),
    onMeasured: ({ run, rounds, floors }) => measured.push([run.method, rounds.length, floors.length]),
    work: {
      async measure(step, onSettled) {
        order.push(`measure ${nameOf(step)}`);
        nowMs += 100;
        return (await work.measure?.(step, onSettled)) ?? roundOf([1]);
      },
      async floor(step) {
        order.push(`floor ${nameOf(step)}`);
        return { rttNs: Float64Array.of(1), spinNs: 0 };
      },
    },
  });
  return { records, order, progress, measured };
}

test('one step after the other, each with its floor right behind it', async () => {
  const { records, order } = schedule({});
  expect((await records).map(({ rounds, floors }) => [rounds.length, floors.length])).toEqual([
    [2, 2],
    [2, 2],
  ]);
  expect(order).toEqual(['fifo 0', 'udp 0', 'udp 1', 'fifo 1'].flatMap((name) => [`measure ${name}`, `floor ${name}`]));
});

test('a step that fails is noted, and the others go on', async () => {
  const { records } = schedule({
    measure: (step) =>
      nameOf(step) === 'udp 0' ? Promise.reject(new Error('The answerer ended.')) : Promise.resolve(roundOf([1])),
  });
  const [fifo, udp] = await records;
  expect(fifo).toMatchObject({ failures: [], rounds: [{}, {}] });
  expect(udp?.failures).toEqual(['The answerer ended.']);
  expect(udp?.rounds).toHaveLength(1);
});

test('interrupted, what was measured stays and nothing more is begun', async () => {
  const controller = new AbortController();
  const { records, order } = schedule(
    {
      async measure(step) {
        if (nameOf(step) === 'udp 0') controller.abort();
        return roundOf([1]);
      },
    },
    controller,
  );
  expect((await records).map(({ rounds }) => rounds.length)).toEqual([1, 1]);
  expect(order).toEqual(['measure fifo 0', 'floor fifo 0', 'measure udp 0']);
});

test('an interruption in the middle of an opening is no failure of the method', async () => {
  const controller = new AbortController();
  const { records } = schedule(
    {
      measure() {
        controller.abort();
        return Promise.reject(new Error('aborted'));
      },
    },
    controller,
  );
  expect((await records)[0]).toMatchObject({ rounds: [], failures: [] });
});

test('progress names the step, and the time left from what came before', async () => {
  const { records, progress } = schedule({});
  await records;
  expect(progress.map(({ number, steps: of, leftMs }) => [number, of, leftMs])).toEqual([
    [1, 4, null],
    [2, 4, 300],
    [3, 4, 200],
    [4, 4, 100],
  ]);
});

test('after each step what there is of its run is told, with the floor', async () => {
  const { records, measured } = schedule({});
  await records;
  expect(measured).toEqual([
    ['fifo', 1, 1],
    ['udp', 1, 1],
    ['udp', 2, 2],
    ['fifo', 2, 2],
  ]);
});
