import { flushSync } from 'react-dom';
import type { ShellCommand } from '../../../shared/feed';
import { act } from '../bridge';
import { selectActiveTab } from '../store/selectors';
import { openAnatomy } from '../pages/live/anatomy/open-anatomy';
import { copyChart, copyTable } from '../pages/copy';
import { PAGE_PICTURES } from '../pages/pages';
import { ADDRESS_INPUT_ID } from '../pages/live/sites/address-bar';
import { forgetView } from './remember-view';
import { useShell } from '../store/shell-store';

/** Does what a menu item or its shortcut asks of the shell. */
export function runCommand(command: ShellCommand): void {
  const shell = useShell.getState();
  switch (command) {
    case 'new-tab':
      shell.showPage('live');
      shell.openDialog({ kind: 'new-tab' });
      return;
    case 'close-tab': {
      // Ctrl+W closes what is in front: a dialog before the tab behind it.
      if (shell.glossary !== null) return shell.closeGlossary();
      if (shell.dialog.kind !== 'none') return shell.closeDialog();
      if (shell.page !== 'live') return;
      const tab = selectActiveTab(shell);
      if (tab) void act('tab:close', tab.id);
      return;
    }
    case 'focus-address': {
      shell.closeGlossary();
      shell.closeDialog();
      // The address bar is there once React has drawn the page.
      flushSync(() => shell.showPage('live'));
      const input = document.getElementById(ADDRESS_INPUT_ID);
      if (input instanceof HTMLInputElement) {
        input.focus();
        input.select();
      }
      return;
    }
    case 'toggle-pause':
      if (shell.page === 'live') shell.togglePause();
      return;
    case 'show-export':
      shell.openDialog({ kind: 'export' });
      return;
    case 'show-anatomy':
      shell.showPage('live');
      openAnatomy(shell.highlighted);
      return;
    case 'show-glossary':
      shell.openGlossary(null);
      return;
    case 'copy-chart':
      void copyChart(PAGE_PICTURES[shell.page]);
      return;
    case 'copy-table':
      void copyTable();
      return;
    case 'show-first-steps':
      shell.showFirstSteps();
      return;
    case 'forget-settings':
      forgetView();
      return;
    case 'show-about':
      shell.openDialog({ kind: 'about' });
      return;
  }
}
