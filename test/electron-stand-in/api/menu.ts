import type * as Electron from 'electron';
import { Strict, StrictEmitter, anEvent, strictClass } from '../strict.ts';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';

type Template = Electron.MenuItemConstructorOptions;
type Kind = NonNullable<Template['type']>;

let lastCommandId = 0;
let applicationMenu: Menu | null = null;

/** What choosing an item with a role does. Editing and speech belong to the system and do nothing here. */
const roleActions: Record<string, (window: Electron.BrowserWindow | null) => void> = {
  quit: () => app.quit(),
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  reload: (window) => window?.webContents.reload(),
  forcereload: (window) => window?.webContents.reloadIgnoringCache(),
  toggledevtools: (window) => window?.webContents.toggleDevTools(),
  togglefullscreen: (window) => window?.setFullScreen(!window.isFullScreen()),
  resetzoom: (window) => window?.webContents.setZoomLevel(0),
  zoomin: (window) => window?.webContents.setZoomLevel(window.webContents.getZoomLevel() + 0.5),
  zoomout: (window) => window?.webContents.setZoomLevel(window.webContents.getZoomLevel() - 0.5),
};

const roleLabels: Record<string, string> = {
  appmenu: 'App',
  filemenu: 'File',
  editmenu: 'Edit',
  viewmenu: 'View',
  windowmenu: 'Window',
  quit: 'Quit',
  close: 'Close Window',
  minimize: 'Minimize',
  reload: 'Reload',
  forcereload: 'Force Reload',
  toggledevtools: 'Toggle Developer Tools',
  togglefullscreen: 'Toggle Full Screen',
  resetzoom: 'Actual Size',
  zoomin: 'Zoom In',
  zoomout: 'Zoom Out',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectall: 'Select All',
  delete: 'Delete',
  about: 'About',
};

const roleSubmenus: Record<string, Template['role'][]> = {
  filemenu: [process.platform === 'darwin' ? 'close' : 'quit'],
  editmenu: ['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'],
  viewmenu: ['reload', 'forceReload', 'toggleDevTools', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'],
  windowmenu: ['minimize', 'close'],
  appmenu: ['about', 'quit'],
};

class MenuItem extends Strict {
  readonly commandId: number;
  readonly id: string;
  readonly type: Kind;
  readonly role: string | undefined;
  readonly accelerator: Template['accelerator'] | undefined;
  readonly icon: Template['icon'] | undefined;
  readonly submenu: Menu | undefined;
  readonly registerAccelerator: boolean;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | null = null;
  readonly #click: Template['click'];

  constructor(template: Template) {
    super('MenuItem');
    lastCommandId += 1;
    const role = template.role?.toLowerCase();
    const parts = template.submenu ?? roleSubmenus[role ?? '']?.map((each): Template => ({ role: each! }));
    this.commandId = lastCommandId;
    this.id = template.id ?? '';
    this.role = role;
    this.submenu = Array.isArray(parts)
      ? Menu.buildFromTemplate(parts)
      : (parts as unknown as Menu | undefined);
    this.type = template.type ?? (this.submenu ? 'submenu' : 'normal');
    this.label = template.label ?? roleLabels[role ?? ''] ?? '';
    this.sublabel = template.sublabel ?? '';
    this.toolTip = template.toolTip ?? '';
    this.accelerator = template.accelerator;
    this.icon = template.icon;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.registerAccelerator = template.registerAccelerator ?? true;
    this.#click = template.click;
  }

  /** Choosing the item, as the menu's owner would: greyed items do nothing, boxes change, roles act. */
  click(event?: object, window?: Electron.BrowserWindow | null): void {
    if (!this.enabled) return;
    const target = window ?? BrowserWindow.getFocusedWindow();
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') this.#choose();
    const act = roleActions[this.role ?? ''];
    if (act && !this.#click) act(target);
    const details = { triggeredByAccelerator: false, ...event } as Electron.KeyboardEvent;
    this.#click?.(this as unknown as Electron.MenuItem, target ?? undefined, details);
  }
  #choose(): void {
    for (const item of this.menu?.items ?? []) if (item.type === 'radio') item.checked = false;
    this.checked = true;
  }
}

class Menu extends StrictEmitter {
  items: MenuItem[] = [];

  constructor() {
    super('Menu');
  }
  static buildFromTemplate(template: (Template | Electron.MenuItem)[]): Menu {
    const menu = new Menu();
    for (const each of template)
      menu.append(each instanceof MenuItem ? each : new MenuItem(each as Template));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }
  append(item: MenuItem): void {
    this.insert(this.items.length, item);
  }
  insert(position: number, item: MenuItem): void {
    item.menu = this;
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** Nothing is drawn: the menu says that it is open, and stays so until closePopup. */
  popup(): void {
    this.emit('menu-will-show', anEvent({}));
  }
  closePopup(): void {
    this.emit('menu-will-close', anEvent({}));
  }
}

const GuardedMenu = strictClass('Menu', Menu);
const GuardedItem = strictClass('MenuItem', MenuItem);
export { GuardedItem as MenuItem, GuardedMenu as Menu };
