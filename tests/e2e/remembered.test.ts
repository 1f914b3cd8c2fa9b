import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { AppUnderTest, until } from './support/app';

let app: AppUnderTest | null = null;
afterEach(() => app?.close());

const start = async (settings: Parameters<typeof AppUnderTest.launch>[0]): Promise<AppUnderTest> => {
  app = await AppUnderTest.launch(settings);
  return app;
};

const settingsFile = (home: string): string => join(home, 'profile', 'settings.json');

/** As a person does in the application menu. */
const chooseInMenu = (running: AppUnderTest, label: string) =>
  running.electron.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    [...items, ...items.flatMap((item) => item.submenu?.items ?? [])].find((item) => item.label === wanted)?.click();
  }, label);

const theme = (running: AppUnderTest) => running.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);

test('what was set is so again after a restart, the command line stands before it, and it can be forgotten', async () => {
  const first = await start({});
  await first.shell.locator('input[name="window"][value="2min"]').check({ force: true });
  await first.shell.getByTestId('legend-plugin:echo/fifo').click();
  await first.shell.getByTestId('events').click();
  await first.shell.getByTestId('rate').fill('50');
  await first.shell.getByTestId('rate').press('Enter');
  await first.shell.getByTestId('payload').fill('4 KiB');
  await first.shell.getByTestId('payload').press('Enter');
  await first.shell.getByTestId('run-plugin:echo/tcp').click();
  await first.shell.getByTestId('run-plugin:digest/fifo').click();
  await chooseInMenu(first, 'Dark');
  await until(async () =>
    expect((await first.recording()).settings).toMatchObject({ ratePerSecond: 50, payloadBytes: 4096 }),
  );
  await first.close();

  const second = await start({ home: first.home, rate: 25 });
  await second.untilMeasuring(9);
  expect(await second.shell.locator('input[name="window"][value="2min"]').isChecked()).toBe(true);
  expect(await second.shell.getByTestId('legend-plugin:echo/fifo').getAttribute('aria-pressed')).toBe('false');
  expect(await second.shell.getByTestId('event-list').count()).toBe(1);
  expect(await second.shell.getByTestId('run-plugin:echo/tcp').isChecked()).toBe(true);
  expect(await second.shell.getByTestId('run-plugin:digest/fifo').isChecked()).toBe(false);
  expect(await second.shell.getByTestId('rate').inputValue()).toBe('25');
  expect(await second.shell.getByTestId('payload').inputValue()).toBe('4096');
  expect(await theme(second)).toBe('dark');
  // Only for this run: the rate that was chosen in the window is kept.
  expect(JSON.parse(readFileSync(settingsFile(second.home), 'utf8'))).toMatchObject({
    probe: { ratePerSecond: 50, payloadBytes: 4096 },
  });

  await second.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  await chooseInMenu(second, 'Forget settings…');
  await second.shell.locator('input[name="window"][value="30s"]:checked').waitFor({ state: 'attached' });
  await until(async () => expect(await second.shell.getByTestId('rate').inputValue()).toBe('20'));
  await until(async () => expect(await second.shell.getByTestId('run-plugin:echo/tcp').isChecked()).toBe(false));
  await until(async () => expect(await second.shell.getByTestId('run-plugin:digest/fifo').isChecked()).toBe(true));
  expect(await theme(second)).toBe('system');
});

test('settings that can’t be read are put aside and told, and everything is as at first', async () => {
  const first = await start({});
  await first.close();
  writeFileSync(settingsFile(first.home), '{"version":1,"view":{"wind');
  const second = await start({ home: first.home });
  const notice = second.shell.getByTestId('notice');
  await until(async () =>
    expect(await notice.textContent()).toMatch(/settings could not be read.*settings\.json\.unreadable/),
  );
  expect(await second.shell.locator('input[name="window"][value="30s"]').isChecked()).toBe(true);
});

test('the first steps tick off what is done for real, and come again from the Help menu', async () => {
  const first = await start({});
  const done = async (running: AppUnderTest) =>
    running.shell
      .getByTestId('first-steps')
      .locator('li[data-done="true"]')
      .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-step')));
  await first.untilMeasuring(9);
  expect(await done(first)).toEqual([]);
  await first.press('site:bulkhead://beta.test', 'crash');
  await until(async () => expect(await done(first)).toEqual(['crash']));
  await first.shell.getByTestId('verdict-details').click();
  await until(async () => expect(await done(first)).toEqual(['crash', 'verdict']));
  await first.shell.keyboard.press('Escape');
  await first.press('plugin:digest', 'kill');
  await first.untilMeasuring(8);
  process.kill((await first.processPid('plugin:echo')) ?? 0, 'SIGKILL');
  await until(async () => expect(await done(first)).toEqual(['crash', 'verdict', 'kill']));
  await first.recording();
  await until(async () => expect(await done(first)).toEqual(['crash', 'verdict', 'kill', 'measure']));
  await first.close();

  const second = await start({ home: first.home });
  await second.untilMeasuring(9);
  expect(await done(second)).toEqual(['crash', 'verdict', 'kill', 'measure']);
  await second.press('plugin:echo', 'hang');
  await until(async () => expect(await done(second)).toHaveLength(5));
  await second.shell.getByRole('button', { name: 'Dismiss the first steps' }).click();
  expect(await second.shell.getByTestId('first-steps').count()).toBe(0);
  await chooseInMenu(second, 'First steps');
  await second.shell.getByTestId('first-steps').waitFor();
  expect(await done(second)).toEqual([]);
});
