import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuWishes {
  goTo(path: string): void;
  showKeys(): void;
}

const PLACES = [
  ['/dial', 'Dial'],
  ['/campaigns', 'Campaigns'],
  ['/lists', 'Lists'],
  ['/calls', 'Calls'],
  ['/live', 'Live board'],
  ['/reports', 'Reports'],
  ['/settings', 'Settings'],
] as const;

/** The application menu: the system's own roles, and the way to every screen. */
export function setMenu(wishes: MenuWishes): void {
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { label: '&Go', submenu: PLACES.map(([path, label], index) => placeItem(wishes, path, label, index)) },
      { label: '&View', submenu: VIEW },
      { role: 'windowMenu' },
      {
        label: '&Help',
        submenu: [{ id: 'keys', label: 'Keys that work now', click: () => wishes.showKeys() }],
      },
    ]),
  );
}

/** No developer tools here: whoever needs them starts `npm run dev`. */
const VIEW: MenuItemConstructorOptions[] = [
  { role: 'reload' },
  { type: 'separator' },
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { type: 'separator' },
  { role: 'togglefullscreen' },
];

function placeItem({ goTo }: MenuWishes, path: string, label: string, index: number) {
  // The page owns these keys, with all others; here they are only shown.
  const keys = { accelerator: `CmdOrCtrl+${index + 1}`, registerAccelerator: false };
  return { id: `go${path}`, label, ...keys, click: () => goTo(path) };
}
