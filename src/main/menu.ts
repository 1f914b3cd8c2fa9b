import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../shared/feed';
import { EXPORT_FORMAT_IDS, EXPORT_FORMATS } from '../shared/export-formats';
import { PAGE_IDS, PAGES } from '../shared/pages';
import type { Exporter } from './export/exporter';
import type { Feed } from './feed';
import { words } from '../shared/messages/message';
import { type Theme, THEMES } from './settings/settings-schema';

interface MenuServices {
  feed: Pick<Feed, 'send'>;
  exporter: Pick<Exporter, 'exportAs'>;
  /** Keys go to the window's own page from now on, whichever page had them. */
  focusShell(): void;
  /** Keys go to the page of the tab in front, or back to the window's own. */
  switchFocus(): void;
  theme: { present(): Theme; choose(theme: Theme): void };
  /** Everything that is remembered is as at first, once the person has said so. */
  forgetSettings(): void;
}

/** The application menu: every shortcut of the application is an item here, so that it can be found. */
export function buildMenu(services: MenuServices): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(services, process.platform)));
}

/** On macOS the first menu is the application's own, whatever it is called, and the system expects Quit and Hide in it. */
export function menuTemplate(
  { feed, exporter, focusShell, switchFocus, theme, forgetSettings }: MenuServices,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const command = (label: string, accelerator: string, name: ShellCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => feed.send({ kind: 'command', command: name }),
  });
  /** A command after which a person types in the window. */
  const typingCommand = (label: string, accelerator: string, name: ShellCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      focusShell();
      feed.send({ kind: 'command', command: name });
    },
  });
  const exports = EXPORT_FORMAT_IDS.map((format): MenuItemConstructorOptions => ({
    label: words('menu.export-as', { name: EXPORT_FORMATS[format].name }),
    accelerator: `CmdOrCtrl+Shift+${EXPORT_FORMATS[format].key}`,
    click: () => void exporter.exportAs(format),
  }));
  const pages = PAGE_IDS.map((page): MenuItemConstructorOptions => ({
    label: PAGES[page].title,
    accelerator: `CmdOrCtrl+${PAGES[page].key}`,
    click: () => feed.send({ kind: 'show-page', page }),
  }));
  const about: MenuItemConstructorOptions = {
    label: words('menu.about'),
    click: () => {
      focusShell();
      feed.send({ kind: 'command', command: 'show-about' });
    },
  };
  const glossary = typingCommand(words('menu.glossary'), 'F1', 'show-glossary');
  const quit: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'quit' }];
  const isMac = platform === 'darwin';
  const applicationMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      about,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      ...quit,
    ],
  };
  return [
    ...(isMac ? [applicationMenu] : []),
    {
      label: '&File',
      submenu: [
        typingCommand(words('menu.new-tab'), 'CmdOrCtrl+T', 'new-tab'),
        command(words('menu.close-tab'), 'CmdOrCtrl+W', 'close-tab'),
        { type: 'separator' },
        typingCommand('Export…', 'CmdOrCtrl+E', 'show-export'),
        ...exports,
        { type: 'separator' },
        command(words('menu.copy-chart'), 'CmdOrCtrl+Shift+C', 'copy-chart'),
        command(words('menu.copy-table'), 'CmdOrCtrl+Shift+B', 'copy-table'),
        { label: words('menu.forget-settings'), click: forgetSettings },
        ...(isMac ? [] : quit),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...pages,
        { type: 'separator' },
        typingCommand('Address', 'CmdOrCtrl+L', 'focus-address'),
        { label: words('menu.switch-focus'), accelerator: 'F6', click: switchFocus },
        typingCommand(words('menu.anatomy'), 'CmdOrCtrl+Shift+A', 'show-anatomy'),
        command(words('menu.pause'), 'CmdOrCtrl+Shift+Space', 'toggle-pause'),
        { type: 'separator' },
        {
          label: words('menu.theme'),
          submenu: THEMES.map((value) => ({
            id: `theme-${value}`,
            label: words(`menu.theme-${value}`),
            type: 'radio',
            checked: theme.present() === value,
            click: () => theme.choose(value),
          })),
        },
        { role: 'zoomIn' },
        // The same key without Shift, where plus needs it.
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      label: '&Help',
      submenu: [
        glossary,
        {
          label: words('menu.first-steps'),
          click: () => feed.send({ kind: 'command', command: 'show-first-steps' }),
        },
        ...(isMac ? [] : [about]),
      ],
    },
  ];
}
