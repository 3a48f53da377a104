import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, Tray, nativeImage } from 'electron';
import type { DeskView } from '../../shared/contract/desk.ts';
import type { Standing } from '../../shared/contract/standing.ts';
import { type TrayLine, type TrayWish, trayFace } from './tray-words.ts';

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export interface TrayIcon {
  show(desk: DeskView | null, standing: Standing | null): void;
}

/** The tray icon. Some desktops have no tray, so nothing can be done here that the window cannot do. */
export function trayIcon(icons: string, wish: Readonly<Record<TrayWish, () => void>>): TrayIcon {
  const tray = trayIn(icons);
  if (tray === null) return { show() {} };
  let shown = '';
  tray.on('click', wish.open);
  return {
    show(desk, standing) {
      const face = trayFace(desk, standing, (at) => TIME.format(at));
      // Every push of the desk comes by here; a menu that is open would close if it were set again.
      const next = JSON.stringify(face);
      if (next === shown) return;
      shown = next;
      tray.setImage(imageOf(icons, face.icon));
      tray.setToolTip(face.toolTip);
      tray.setContextMenu(Menu.buildFromTemplate(face.lines.map((line) => itemOf(line, wish))));
    },
  };
}

function trayIn(icons: string): Tray | null {
  try {
    return new Tray(imageOf(icons, 'idle'));
  } catch {
    return null;
  }
}

/** macOS wants a mask that it colours itself. The doubled pictures for sharp displays are found by name. */
function imageOf(icons: string, name: string) {
  const isMac = process.platform === 'darwin';
  return nativeImage.createFromPath(join(icons, 'tray', `${name}${isMac ? 'Template' : ''}.png`));
}

/** A line of the menu as Electron takes it. */
function itemOf(line: TrayLine, wish: Readonly<Record<TrayWish, () => void>>): MenuItemConstructorOptions {
  switch (line.kind) {
    case 'rule':
      return { type: 'separator' };
    case 'state':
      return { id: 'state', label: line.label, enabled: false };
    case 'fact':
      return { label: line.label, enabled: false };
    case 'wish':
      return { id: line.wish, label: line.label, enabled: line.enabled, click: () => wish[line.wish]() };
  }
}
