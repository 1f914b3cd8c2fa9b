import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../shared/feed';
import { EXPORT_FORMATS, type ExportFormat } from '../shared/ipc-contract';
import type { Exporter } from './export/exporter';
import type { Feed } from './feed';

const EXPORT_KEYS: Record<ExportFormat, string> = { json: 'J', csv: 'V', svg: 'G', png: 'P', html: 'H' };

/** The application menu: every shortcut of the application is an item here, so that it can be found. */
export function buildMenu({ feed, exporter }: { feed: Feed; exporter: Exporter }): void {
  const command = (label: string, accelerator: string, name: ShellCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => feed.send({ kind: 'command', command: name }),
  });
  const exports = EXPORT_FORMATS.map((format): MenuItemConstructorOptions => ({
    label: `Export as ${format.toUpperCase()}…`,
    accelerator: `CmdOrCtrl+Shift+${EXPORT_KEYS[format]}`,
    click: () => void exporter.exportAs(format),
  }));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: '&File',
        submenu: [
          command('New tab', 'CmdOrCtrl+T', 'new-tab'),
          command('Close tab', 'CmdOrCtrl+W', 'close-tab'),
          { type: 'separator' },
          command('Export…', 'CmdOrCtrl+E', 'show-export'),
          ...exports,
          { type: 'separator' },
          { role: 'quit' },
        ],
      },
      { role: 'editMenu' },
      {
        label: '&View',
        submenu: [
          command('Live view', 'CmdOrCtrl+1', 'show-live'),
          command('Benchmark', 'CmdOrCtrl+2', 'show-benchmark'),
          { type: 'separator' },
          command('Address', 'CmdOrCtrl+L', 'focus-address'),
          command('Pause the chart', 'CmdOrCtrl+Shift+Space', 'toggle-pause'),
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'togglefullscreen' },
          { role: 'toggleDevTools' },
        ],
      },
      { label: '&Help', submenu: [command('About Bulkhead', 'F1', 'show-about')] },
    ]),
  );
}
