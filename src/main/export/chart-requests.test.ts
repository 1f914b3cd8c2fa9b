import { expect, test } from 'vitest';
import { Emitter } from '../../shared/emitter';
import type { FeedMessage } from '../../shared/feed';
import { ChartRequests } from './chart-requests';

/** A shell that hears everything and answers when the test does. */
function silentShell(limitMs: number) {
  const asked: number[] = [];
  let there = true;
  let brought = 0;
  const send = (message: FeedMessage) => {
    if (there && message.kind === 'render-chart') asked.push(message.requestId);
    return there;
  };
  const opened = new Emitter<void>();
  const feed = { send, onOpened: (listener: () => void) => opened.on(listener) };
  const charts = new ChartRequests(feed, () => (brought += 1), limitMs);
  return { charts, asked, opened, broughtBack: () => brought, away: (is: boolean) => (there = !is) };
}
const drawing = { svg: '<svg/>', png: null };

test('a chart is what the shell answers', async () => {
  const { charts, asked } = silentShell(60_000);
  const drawn = charts.draw('shown', 'title', false);
  charts.rendered(asked[0] as number, drawing);
  expect(await drawn).toEqual(drawing);
});

test('a shell that hangs is waited for once, and then refused at once until it is heard of again', async () => {
  const { charts, asked } = silentShell(50);
  await expect(charts.draw('shown', 'title', false)).rejects.toThrow('did not draw it within 0.05 s');
  await expect(charts.draw('shown', 'title', true)).rejects.toThrow('it hangs');
  await expect(charts.draw('latency', 'title', false)).rejects.toThrow('it hangs');
  charts.rendered(asked[0] as number, drawing);
  const drawn = charts.draw('shown', 'title', false);
  charts.rendered(asked.at(-1) as number, drawing);
  expect(await drawn).toEqual(drawing);
});

test('a shell that is away is brought back, and asked again when it is there', async () => {
  const { charts, asked, opened, broughtBack, away } = silentShell(60_000);
  away(true);
  const drawn = charts.draw('shown', 'title', false);
  expect([asked, broughtBack()]).toEqual([[], 1]);
  away(false);
  opened.emit();
  charts.rendered(asked[0] as number, drawing);
  expect(await drawn).toEqual(drawing);
});
