import { words } from '../../shared/messages/message';
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
    title: words('settings.forget'),
    message: words('settings.forget-question'),
    detail: words('settings.forget-detail'),
    buttons: [words('settings.forget'), 'Cancel'],
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
