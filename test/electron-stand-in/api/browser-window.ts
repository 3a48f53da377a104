import type * as Electron from 'electron';
import { chromium, runtime, within } from '../runtime.ts';
import { anEvent, type Shape, StrictEmitter, strictClass } from '../strict.ts';
import { app } from './app.ts';
import { WebContents } from './web-contents.ts';

type Options = Electron.BrowserWindowConstructorOptions;
type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen';

const all: BrowserWindow[] = [];
const screenSize = { width: 1920, height: 1080 };
const beforeUnloadMs = 1_000;
let lastId = 0;
let focused: BrowserWindow | null = null;

class BrowserWindow extends StrictEmitter implements Shape<Electron.BrowserWindow, 'webContents'> {
  readonly id: number;
  readonly webContents: WebContents;
  _destroyed = false;
  /** What only the system could show: taskbar badge, progress, flashing and the like, for tests to look at. */
  readonly _record: Record<string, unknown> = {};
  #bounds: Electron.Rectangle;
  #state: State = 'normal';
  #visible: boolean;
  #title: string;
  #shown = false;
  #closing = false;
  #alwaysOnTop: boolean;
  #menuBar: boolean;
  #enabled = true;
  #minimum = [0, 0];

  constructor(options: Options = {}) {
    super('BrowserWindow');
    chromium();
    lastId += 1;
    this.id = lastId;
    const { width = 800, height = 600 } = options;
    const x = options.x ?? Math.max(0, Math.round((screenSize.width - width) / 2));
    const y = options.y ?? Math.max(0, Math.round((screenSize.height - height) / 2));
    this.#bounds = { x, y, width, height };
    this.#visible = options.show !== false;
    this.#title = options.title ?? app.getName();
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#menuBar = !(options.autoHideMenuBar ?? false);
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0];
    this._record.options = options;
    all.push(this);
    this.webContents = new WebContents(options.webPreferences ?? {}, { width, height });
    this.webContents._owner = {
      close: () => this._destroyed || this.close(),
      gone: () => this._destroyed || this.destroy(),
      titled: (title) => this.#titleFromPage(title),
      isFocused: () => focused === this,
    };
    this.webContents.on('dom-ready', () => this.#readyToShow());
    if (this.#visible) this.#focusSoon();
    app.emit('browser-window-created', anEvent({}), this);
  }

  static getAllWindows(): Electron.BrowserWindow[] {
    return all.map(asElectron);
  }
  static getFocusedWindow(): Electron.BrowserWindow | null {
    return focused === null ? null : asElectron(focused);
  }
  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    const found = all.find((each) => each.webContents.id === contents?.id);
    return found ? asElectron(found) : null;
  }
  static fromId(id: number): Electron.BrowserWindow | null {
    const found = all.find((each) => each.id === id);
    return found ? asElectron(found) : null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(path: string, options?: Electron.LoadFileOptions): Promise<void> {
    return this.webContents.loadFile(path, options);
  }
  reload(): void {
    this.webContents.reload();
  }
  capturePage(): Promise<Electron.NativeImage> {
    return this.webContents.capturePage();
  }
  #readyToShow(): void {
    if (this.#shown) return;
    this.#shown = true;
    setImmediate(() => this._destroyed || this.emit('ready-to-show', anEvent({})));
  }

  show(): void {
    const wasVisible = this.#visible;
    this.#visible = true;
    this.#showOnScreen();
    if (!wasVisible) this.emit('show', anEvent({}));
    this.focus();
  }
  showInactive(): void {
    if (!this.#visible) this.emit('show', anEvent({}));
    this.#visible = true;
  }
  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.blur();
    this.#showOnScreen();
    this.emit('hide', anEvent({}));
  }
  isVisible(): boolean {
    return this.#visible && this.#state !== 'minimized';
  }
  focus(): void {
    if (focused === this || !this.#visible) return;
    focused?.blur();
    focused = this;
    this.emit('focus', anEvent({}));
    app.emit('browser-window-focus', anEvent({}), this);
  }
  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur', anEvent({}));
    app.emit('browser-window-blur', anEvent({}), this);
  }
  #focusSoon(): void {
    setImmediate(() => this._destroyed || this.focus());
  }
  isFocused(): boolean {
    return focused === this;
  }
  moveTop(): void {}

  minimize(): void {
    this.#change('minimized', 'minimize');
    this.blur();
  }
  maximize(): void {
    this.#visible = true;
    this.#change('maximized', 'maximize');
  }
  unmaximize(): void {
    if (this.#state === 'maximized') this.#change('normal', 'unmaximize');
  }
  restore(): void {
    if (this.#state === 'minimized') this.#change('normal', 'restore');
  }
  setFullScreen(flag: boolean): void {
    if (flag === this.isFullScreen()) return;
    this.#change(flag ? 'fullscreen' : 'normal', flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  isMaximized(): boolean {
    return this.#state === 'maximized';
  }
  isFullScreen(): boolean {
    return this.#state === 'fullscreen';
  }
  isNormal(): boolean {
    return this.#state === 'normal';
  }
  #change(state: State, event: string): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#showOnScreen();
    this.emit(event, anEvent({}));
    if (event !== 'minimize') this.#applySize();
  }

  getBounds(): Electron.Rectangle {
    const fills = this.#state === 'maximized' || this.#state === 'fullscreen';
    return fills ? { x: 0, y: 0, ...screenSize } : { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    this.#bounds.width = Math.max(this.#bounds.width, this.#minimum[0]!);
    this.#bounds.height = Math.max(this.#bounds.height, this.#minimum[1]!);
    const { x, y, width, height } = this.#bounds;
    if (x !== before.x || y !== before.y) this.#tell('move', 'moved');
    if (width === before.width && height === before.height) return;
    this.#applySize();
    this.#tell('resize', 'resized');
  }
  #tell(...events: string[]): void {
    for (const event of events) this.emit(event, anEvent({}));
  }
  #applySize(): void {
    const { width, height } = this.getBounds();
    if (!chromium().headful) this.webContents._resize({ width, height });
    else this.#showOnScreen();
  }
  getSize(): number[] {
    return [this.getBounds().width, this.getBounds().height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): number[] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getPosition(): number[] {
    return [this.getBounds().x, this.getBounds().y];
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  center(): void {
    const { width, height } = this.#bounds;
    this.setPosition(
      Math.round((screenSize.width - width) / 2),
      Math.round((screenSize.height - height) / 2),
    );
  }
  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height];
  }
  getMinimumSize(): number[] {
    return [...this.#minimum];
  }
  /** Headful, a window on the screen follows its bookkeeping; hidden is shown as minimized. */
  #showOnScreen(): void {
    if (!chromium().headful) return;
    const state = this.#visible ? this.#state : 'minimized';
    const { x, y, width, height } = this.#bounds;
    const bounds = state === 'normal' ? { left: x, top: y, width, height } : {};
    void this.webContents
      ._session()
      .then(async ({ targetId }) => {
        const { cdp } = chromium();
        const { windowId } = await cdp.send<{ windowId: number }>('Browser.getWindowForTarget', { targetId });
        await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: state } });
        if (state === 'normal') await cdp.send('Browser.setWindowBounds', { windowId, bounds });
      })
      .catch(() => {});
  }

  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    this.#title = title;
  }
  #titleFromPage(title: string): void {
    const event = anEvent({});
    this.emit('page-title-updated', event, title, true);
    this.webContents.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.#title = title;
  }
  setBackgroundColor(colour: string): void {
    this._record.backgroundColor = colour;
  }
  getBackgroundColor(): string {
    return (this._record.backgroundColor as string | undefined) ?? '#FFFFFF';
  }
  setOverlayIcon(overlay: Electron.NativeImage | null, description: string): void {
    this._record.overlayIcon = { overlay, description };
  }
  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    this._record.progressBar = { progress, options };
  }
  flashFrame(flag: boolean): void {
    this._record.flashing = flag;
  }
  setIcon(icon: Electron.NativeImage | string): void {
    this._record.icon = icon;
  }
  setMenu(menu: Electron.Menu | null): void {
    this._record.menu = menu;
  }
  removeMenu(): void {
    this._record.menu = null;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.#menuBar = visible;
  }
  isMenuBarVisible(): boolean {
    return this.#menuBar;
  }
  setAutoHideMenuBar(hide: boolean): void {
    this._record.autoHideMenuBar = hide;
  }
  setTitleBarOverlay(options: Electron.TitleBarOverlayOptions): void {
    this._record.titleBarOverlay = options;
  }
  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = flag;
    this.emit('always-on-top-changed', anEvent({}), flag);
  }
  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }
  setSkipTaskbar(skip: boolean): void {
    this._record.skipTaskbar = skip;
  }
  setContentProtection(enable: boolean): void {
    this._record.contentProtection = enable;
  }
  setVisibleOnAllWorkspaces(visible: boolean): void {
    this._record.onAllWorkspaces = visible;
  }
  setEnabled(enable: boolean): void {
    this.#enabled = enable;
  }
  isEnabled(): boolean {
    return this.#enabled;
  }

  close(): void {
    if (this.#closing) return;
    const event = anEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) within.emit('close-refused');
    else if (!this._destroyed) void this.#closeAfterPage();
  }
  /** The page may object by `beforeunload`. It is asked with an event of our own making, so no dialog can hang us. */
  async #closeAfterPage(): Promise<void> {
    this.#closing = true;
    const script = `!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))`;
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), beforeUnloadMs).unref());
    const asked = this.webContents.getURL() === '' ? false : this.webContents.executeJavaScript(script);
    const objects = (await Promise.race([asked, late]).catch(() => false)) === true;
    this.#closing = false;
    if (this._destroyed) return;
    const event = anEvent({});
    if (objects) this.webContents.emit('will-prevent-unload', event);
    if (objects && !event.defaultPrevented) within.emit('close-refused');
    else this.destroy();
  }
  destroy(): void {
    if (focused === this) focused = null;
    all.splice(all.indexOf(this), 1);
    this.#visible = false;
    this.webContents._destroy();
    this._destroyed = true;
    this.emit('closed');
    within.emit('window-closed');
  }
  isDestroyed(): boolean {
    return this._destroyed;
  }
}

function asElectron(window: BrowserWindow): Electron.BrowserWindow {
  return window as unknown as Electron.BrowserWindow;
}

// The end of the app: every window is asked to close, one refusal calls it off, and after the last one it ends.
within.on('quit', () => {
  if (all.length === 0) setImmediate(endApp);
  for (const window of all.slice()) if (runtime.quitting) window.close();
});
within.on('close-refused', () => {
  runtime.quitting = false;
});
within.on('window-closed', () => {
  if (all.length > 0 || runtime.exiting) return;
  if (runtime.quitting) setImmediate(endApp);
  else if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
});
within.on('exit', () => {
  for (const window of all.slice()) window.destroy();
});

function endApp(): void {
  const event = anEvent({});
  app.emit('will-quit', event);
  if (event.defaultPrevented) runtime.quitting = false;
  else app.exit(0);
}

const GuardedWindow = strictClass('BrowserWindow', BrowserWindow);
export { GuardedWindow as BrowserWindow };
