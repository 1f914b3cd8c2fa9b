/// <reference lib="dom" />
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

interface Drawn {
  /** Opaque pixels by colour, and how many have any. */
  colours: Record<string, number>;
  inked: number;
  /** Right end of what is drawn, as a share of the width. */
  end: number;
  /** Pixels that differ from those kept before. */
  changed: number;
}

/** What the canvas of the lines shows now; kept, to compare with later. */
function drawn({ keep = false } = {}): Promise<Drawn> {
  return app.shell.evaluate((kept) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.moving-lines');
    if (canvas === null) throw new Error('there is no canvas');
    const { width, height } = canvas;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (context === null) throw new Error('there is no context');
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const page = globalThis as { keptPixels?: Uint8ClampedArray };
    if (kept) page.keptPixels = data;
    const before = page.keptPixels ?? data;
    const counts = new Map<number, number>();
    let [inked, end, changed] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const alpha = data[at + 3] ?? 0;
      if (Math.abs(alpha - (before[at + 3] ?? 0)) > 40) changed += 1;
      if (alpha === 0) continue;
      inked += 1;
      end = Math.max(end, ((at / 4) % width) / width);
      if (alpha < 255) continue;
      const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const colours = Object.fromEntries(
      [...counts].map(([colour, count]) => [`#${colour.toString(16).padStart(6, '0')}`, count]),
    );
    return { colours, inked, end, changed };
  }, keep);
}

const told = () =>
  app.shell
    .locator('.moving-lines [data-line]')
    .evaluateAll((lines) => lines.map((line) => [line.getAttribute('data-line'), line.getAttribute('data-colour')]));

test('every line that there is has pixels of its colour, up to now', async () => {
  const lines = await told();
  expect(lines.map(([id]) => id)).toContain('plugin:echo/fifo');
  await until(async () => {
    const { colours, end } = await drawn();
    for (const [id, colour] of lines)
      if (id?.startsWith('floor:') !== true) expect(colours[colour ?? ''] ?? 0, id ?? '').toBeGreaterThan(20);
    expect(end).toBeGreaterThan(0.97);
  });
});

test('what slid into its place piece by piece is what is drawn in one go', async () => {
  const { colours: begun } = await drawn();
  await until(async () => expect((await drawn()).colours).not.toEqual(begun));
  await app.shell.getByRole('button', { name: 'Pause' }).click();
  await app.shell.locator('[data-paused="true"]').waitFor();
  // Its frame is shown a moment later: until nothing changes any more.
  let slid = await drawn({ keep: true });
  await until(async () => {
    const before = slid.colours;
    await app.untilDrawn();
    slid = await drawn({ keep: true });
    expect(slid.colours).toEqual(before);
  });
  expect(slid.inked).toBeGreaterThan(1000);
  // Points at a line, and lets it go: both draw all.
  await app.shell.getByTestId('channel-plugin:echo/fifo').locator('th').hover();
  await until(async () => expect((await drawn()).changed).toBeGreaterThan(slid.inked * 0.1));
  await app.shell.mouse.move(2, 2);
  await until(async () => expect((await drawn()).changed).toBeLessThan(slid.inked * 0.01));
});

test('a line that is pointed at is wider, and the other channels’ fade', async () => {
  const line = app.shell.locator('.moving-lines [data-line="plugin:echo/fifo"]');
  await app.shell.getByTestId('channel-plugin:echo/fifo').locator('th').hover();
  await until(async () => expect(await line.getAttribute('data-width')).toBe('3'));
  const others = (await told()).filter(([id]) => /^site:|^plugin:digest/.test(id ?? '')).map(([, colour]) => colour);
  await until(async () => {
    const { colours } = await drawn();
    expect(colours[(await line.getAttribute('data-colour')) ?? '']).toBeGreaterThan(20);
    expect(others.filter((colour) => (colours[colour ?? ''] ?? 0) > 0)).toEqual([]);
  });
  await app.shell.mouse.move(2, 2);
});
