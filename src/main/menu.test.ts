import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { menuTemplate } from './menu';

// What is under test is data; there is no Electron in this process to draw a menu.
vi.mock('electron', () => ({ Menu: {} }));

const services = {
  feed: { send: () => true },
  exporter: { exportAs: () => Promise.reject(new Error('unused')) },
  focusShell: () => undefined,
  switchFocus: () => undefined,
  theme: { present: () => 'dark' as const, choose: () => undefined },
  forgetSettings: () => undefined,
};

const templateOn = (platform: NodeJS.Platform) => menuTemplate(services, platform);
const itemsOf = ({ submenu }: MenuItemConstructorOptions) => (Array.isArray(submenu) ? submenu : []);
const menusWith = (platform: NodeJS.Platform, role: MenuItemConstructorOptions['role']) =>
  templateOn(platform).filter((menu) => itemsOf(menu).some((item) => item.role === role));

test("on macOS the first menu is the application's, with About, Hide and the only Quit", () => {
  const first = templateOn('darwin')[0] as MenuItemConstructorOptions;
  expect(first.role).toBe('appMenu');
  expect(itemsOf(first)[0]).toMatchObject({ label: 'About Bulkhead' });
  expect(itemsOf(first).map(({ role }) => role)).toEqual(expect.arrayContaining(['hide', 'quit']));
  expect(menusWith('darwin', 'quit').map(({ role }) => role)).toEqual(['appMenu']);
});

test.each(['linux', 'win32'] as const)('on %s there is none, and Quit is in the File menu', (platform) => {
  expect(templateOn(platform).map(({ role }) => role)).not.toContain('appMenu');
  expect(menusWith(platform, 'quit').map(({ label }) => label)).toEqual(['&File']);
});

test('the window can be zoomed by the menu', () => {
  expect(menusWith('linux', 'zoomIn').map(({ label }) => label)).toEqual(['&View']);
  expect(menusWith('linux', 'zoomOut').map(({ label }) => label)).toEqual(['&View']);
});

test.each(['darwin', 'linux', 'win32'] as const)(
  'on %s there is an Edit menu, for copy and paste, and no two items have one shortcut',
  (platform) => {
    expect(templateOn(platform).map(({ role }) => role)).toContain('editMenu');
    const shortcuts = templateOn(platform)
      .flatMap(itemsOf)
      .flatMap(({ accelerator }) => accelerator ?? []);
    expect(shortcuts.length).toBeGreaterThan(10);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  },
);

test('the theme is chosen in the View menu, and the present one is marked', () => {
  const view = templateOn('linux').find(({ label }) => label === '&View') as MenuItemConstructorOptions;
  const themes = itemsOf(itemsOf(view).find(({ label }) => label === 'Theme') as MenuItemConstructorOptions);
  expect(themes.map(({ label, checked }) => [label, checked])).toEqual([
    ["The system's", false],
    ['Light', false],
    ['Dark', true],
  ]);
});
