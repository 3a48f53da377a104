import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { PHONE_PAGE } from '../../shared/contract/pages.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { treatAsPhone } from './ipc.ts';
import { reloadBudget } from './reload-budget.ts';

export interface PhoneWindowParts {
  /** The folder that was built: preload and renderer are in it. */
  readonly out: string;
  /** Where the main window begins; the page of the phone lies beside it. */
  readonly home: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface PhoneWindow {
  /** Opens it, or closes it. Told the same twice it does nothing. */
  want(isWanted: boolean): void;
}

/** The window in which the phone lives. Nobody sees it, and a reload or a crash of the screen does not reach it. */
export function phoneWindow(parts: PhoneWindowParts): PhoneWindow {
  let window: BrowserWindow | null = null;
  const open = () => {
    const opened = makePhone(parts);
    opened.once('closed', () => {
      if (window === opened) window = null;
    });
    return opened;
  };
  return {
    want(isWanted) {
      if (isWanted) window ??= open();
      else window?.destroy();
    },
  };
}

function makePhone({ out, home, clock, log }: PhoneWindowParts): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    title: 'Parley: the phone',
    skipTaskbar: true,
    webPreferences: {
      preload: join(out, 'preload/phone.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Nobody ever presses anything here, and its clocks must run while it is out of sight.
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
  treatAsPhone(window.webContents);
  const address = new URL(PHONE_PAGE, home).href;
  const load = () =>
    window
      .loadURL(address)
      .catch((error: unknown) => log('the page of the phone could not be loaded', error));
  const budget = reloadBudget();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`the page of the phone ended (${reason})`);
    if (reason !== 'clean-exit' && budget.spend(clock.now())) void load();
  });
  void load();
  return window;
}
