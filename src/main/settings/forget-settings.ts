import { type BrowserWindow, dialog, Menu, nativeTheme } from 'electron';
import type { Feed } from '../feed';
import type { Laboratory } from '../laboratory';
import { forgetPlace } from '../shell-window';
import type { SettingsStore } from './settings-store';

interface Services {
  settings: SettingsStore;
  laboratory: Laboratory;
  window: BrowserWindow;
  feed: Feed;
}

/** Asks, then puts everything that is remembered back to what it was at first, here and in the window's page. */
export async function askToForget({ settings, laboratory, window, feed }: Services): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Forget settings',
    message: 'Put all settings back to what they were at first?',
    detail:
      'View, theme, charts, rate, payload and time limit, switched channels, the form of the benchmark, and place, size and zoom of the window. Results of benchmarks stay, and so does the recording.',
    buttons: ['Forget settings', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  if (response !== 0) return;
  await settings.forget();
  nativeTheme.themeSource = 'system';
  const item = Menu.getApplicationMenu()?.getMenuItemById('theme-system');
  if (item) item.checked = true;
  laboratory.forgetSettings();
  forgetPlace(window);
  feed.send({ kind: 'command', command: 'forget-settings' });
}
