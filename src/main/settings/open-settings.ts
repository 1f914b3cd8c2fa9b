import { app, nativeTheme } from 'electron';
import { join } from 'node:path';
import type { Notice } from '../../shared/snapshot';
import type { Theme } from './settings-schema';
import { SettingsStore } from './settings-store';

/** What the profile remembers, with the theme in force. What goes wrong with it stands among the notices. */
export function openSettings(notices: Notice[]): SettingsStore {
  const store = new SettingsStore(join(app.getPath('userData'), 'settings.json'), (text) => {
    if (!notices.some((notice) => notice.text.code === text.code))
      notices.push({ id: text.code, level: 'warning', text });
  });
  nativeTheme.themeSource = store.present.theme ?? 'system';
  return store;
}

/** The theme as the menu has it. */
export function themeOf(settings: SettingsStore): { present(): Theme; choose(theme: Theme): void } {
  return {
    present: () => settings.present.theme ?? 'system',
    choose(theme) {
      nativeTheme.themeSource = theme;
      settings.change({ theme });
    },
  };
}
