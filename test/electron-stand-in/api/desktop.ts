import type * as Electron from 'electron';
import { StrictEmitter, strict } from '../strict.ts';

// The small parts that only the system could show or do. They keep a record of what the app asked for.

export const shell = strict('shell', {
  _opened: [] as string[],
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    shell._opened.push(url);
  },
  async openPath(path: string): Promise<string> {
    shell._opened.push(path);
    return '';
  },
  showItemInFolder(fullPath: string): void {
    shell._opened.push(fullPath);
  },
  async trashItem(path: string): Promise<void> {
    shell._opened.push(`trash:${path}`);
  },
  beep(): void {},
} satisfies Partial<Electron.Shell> & { _opened: string[] });

/** Dialogs answer at once, as if cancelled. A test replaces the function to answer otherwise. */
export const dialog = strict('dialog', {
  _shown: [] as { kind: string; options: unknown }[],
  async showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    dialog._shown.push({ kind: 'open', options: args.at(-1) });
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(...args: unknown[]): Promise<Electron.SaveDialogReturnValue> {
    dialog._shown.push({ kind: 'save', options: args.at(-1) });
    return { canceled: true, filePath: '' };
  },
  async showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    dialog._shown.push({ kind: 'message', options });
    return { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
  },
  showMessageBoxSync(...args: unknown[]): number {
    const options = args.at(-1) as Electron.MessageBoxSyncOptions;
    dialog._shown.push({ kind: 'message', options });
    return options.cancelId ?? 0;
  },
  showErrorBox(title: string, content: string): void {
    dialog._shown.push({ kind: 'error', options: { title, content } });
    process.stderr.write(`${title}\n${content}\n`);
  },
});

let clip = '';
export const clipboard = strict('clipboard', {
  readText: async (): Promise<string> => clip,
  async writeText(text: string): Promise<void> {
    clip = text;
  },
  clear(): void {
    clip = '';
  },
});

const shortcuts = new Map<string, () => void>();
export const globalShortcut = strict('globalShortcut', {
  /** Pressed by a test: `_registered.get('…')()`. */
  _registered: shortcuts,
  register(accelerator: string, callback: () => void): boolean {
    if (shortcuts.has(accelerator)) return false;
    shortcuts.set(accelerator, callback);
    return true;
  },
  registerAll(accelerators: string[], callback: () => void): void {
    for (const each of accelerators) shortcuts.set(each, callback);
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(accelerator),
  unregister(accelerator: string): void {
    shortcuts.delete(accelerator);
  },
  unregisterAll(): void {
    shortcuts.clear();
  },
});

export const crashReporter = strict('crashReporter', {
  _started: null as Electron.CrashReporterStartOptions | null,
  start(options: Electron.CrashReporterStartOptions): void {
    crashReporter._started = options;
  },
  getUploadToServer: (): boolean => crashReporter._started?.uploadToServer ?? false,
  addExtraParameter(): void {},
  removeExtraParameter(): void {},
});

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = {
  id: 1,
  label: 'Stand-in',
  bounds: area,
  workArea: area,
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1080 },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
} as Electron.Display;

class Screen extends StrictEmitter {
  /** One display; a test may put another in, to see a window come back from a screen that is gone. */
  readonly _displays: Electron.Display[] = [display];

  constructor() {
    super('screen');
  }
  getAllDisplays(): Electron.Display[] {
    return [...this._displays];
  }
  getPrimaryDisplay(): Electron.Display {
    return this._displays[0] ?? display;
  }
  getDisplayMatching(rect: Electron.Rectangle): Electron.Display {
    const shared = ({ bounds }: Electron.Display) =>
      Math.max(0, Math.min(bounds.x + bounds.width, rect.x + rect.width) - Math.max(bounds.x, rect.x)) *
      Math.max(0, Math.min(bounds.y + bounds.height, rect.y + rect.height) - Math.max(bounds.y, rect.y));
    return this._displays.toSorted((a, b) => shared(b) - shared(a))[0] ?? display;
  }
  getDisplayNearestPoint(point: Electron.Point): Electron.Display {
    return this.getDisplayMatching({ ...point, width: 1, height: 1 });
  }
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
