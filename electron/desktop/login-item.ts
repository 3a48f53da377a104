import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { dataDirFor } from '../data-dir.ts';
import type { LoginItem } from '../host.ts';
import { autostartText, isAutostartOn } from './autostart-file.ts';

/** The system’s list of what opens at log-in. Parley opens out of sight then, with the data folder it has now. */
export function loginItemFor(dataDir: string): LoginItem {
  const isUsual = dataDir === dataDirFor(undefined, { ...process.env, PARLEY_DATA: '' }, process.platform);
  const args = ['--hidden', ...(isUsual ? [] : [`--data=${dataDir}`])];
  if (process.platform === 'linux') return autostart(args);
  return {
    isOn: () => app.getLoginItemSettings({ args }).openAtLogin,
    set(openAtLogin) {
      app.setLoginItemSettings({ openAtLogin, args });
      return app.getLoginItemSettings({ args }).openAtLogin === openAtLogin;
    },
  };
}

/** Whether it was the system that opened us, at log-in: macOS says so in place of an argument. */
export function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Desktops on Linux read a folder of files instead of keeping a list. */
function autostart(args: readonly string[]): LoginItem {
  const folder = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart');
  const file = join(folder, 'parley.desktop');
  const command = [process.env.APPIMAGE ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()])];
  return {
    isOn: () => existsSync(file) && isAutostartOn(readFileSync(file, 'utf8')),
    set(isOn) {
      try {
        mkdirSync(folder, { recursive: true });
        if (isOn) writeFileSync(file, autostartText([...command, ...args]));
        else rmSync(file, { force: true });
        return true;
      } catch {
        return false;
      }
    },
  };
}
