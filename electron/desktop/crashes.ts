import { type BrowserWindow, app, dialog } from 'electron';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { reloadBudget } from './reload-budget.ts';

/** Brings back a window whose page died. Sessions and calls live in the kernel and have not noticed. */
export function survivePageCrashes(current: () => BrowserWindow | null, clock: Clock, log: Log): void {
  const budget = reloadBudget();
  app.on('render-process-gone', (_event, contents, { reason }) => {
    const window = current();
    if (reason === 'clean-exit' || window === null || window.webContents.id !== contents.id) return;
    log(`the window's page ended (${reason})`);
    if (budget.spend(clock.now())) window.reload();
    else void askWhatNow(window);
  });
}

async function askWhatNow(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Parley',
    message: 'Parley’s window keeps closing by itself.',
    detail:
      'Your session, your notes and any call are safe: they do not live in the window. Show it again, or close Parley and start it anew.',
    buttons: ['Show it again', 'Close Parley'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) window.reload();
}
