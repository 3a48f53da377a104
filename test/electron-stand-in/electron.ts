import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { clipboard, crashReporter, dialog, globalShortcut, screen, shell } from './api/desktop.ts';
import { ipcMain } from './api/ipc-main.ts';
import { Menu, MenuItem } from './api/menu.ts';
import { nativeImage } from './api/native-image.ts';
import { nativeTheme } from './api/native-theme.ts';
import { Notification } from './api/notification.ts';
import { powerMonitor, powerSaveBlocker } from './api/power.ts';
import { net, protocol } from './api/protocol.ts';
import { safeStorage } from './api/safe-storage.ts';
import { session } from './api/session.ts';
import { Tray } from './api/tray.ts';
import { webContents } from './api/web-contents.ts';
import { strict } from './strict.ts';

// What `import … from 'electron'` and `require('electron')` give the app. electron-check.ts holds it
// against Electron's own types.

/** Spelled out, because the compiler cannot write the types of our classes' private parts down by itself. */
export interface Members {
  app: typeof app;
  BrowserWindow: typeof BrowserWindow;
  clipboard: typeof clipboard;
  crashReporter: typeof crashReporter;
  dialog: typeof dialog;
  globalShortcut: typeof globalShortcut;
  ipcMain: typeof ipcMain;
  Menu: typeof Menu;
  MenuItem: typeof MenuItem;
  nativeImage: typeof nativeImage;
  nativeTheme: typeof nativeTheme;
  net: typeof net;
  Notification: typeof Notification;
  powerMonitor: typeof powerMonitor;
  powerSaveBlocker: typeof powerSaveBlocker;
  protocol: typeof protocol;
  safeStorage: typeof safeStorage;
  screen: typeof screen;
  session: typeof session;
  shell: typeof shell;
  Tray: typeof Tray;
  webContents: typeof webContents;
}

export const members: Members = {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
};

const electron = strict('electron', members);
export default electron;
// Makes require('electron') give the object itself, not this module around it.
export { electron as 'module.exports' };
export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
};
