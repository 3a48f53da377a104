import { app } from 'electron';

/** Whether Parley opens when somebody logs in, or null where the system keeps no such list for us. */
export function opensAtLogin(): boolean | null {
  return process.platform === 'linux' ? null : app.getLoginItemSettings().openAtLogin;
}

/** False where the system has no such list. */
export function setOpensAtLogin(openAtLogin: boolean): boolean {
  if (process.platform === 'linux') return false;
  app.setLoginItemSettings({ openAtLogin });
  return true;
}
