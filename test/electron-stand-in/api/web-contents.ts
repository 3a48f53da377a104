import type * as Electron from 'electron';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { toBrowserUrl } from '../addresses.ts';
import { openPage, type Page, type PageEvents, resizePage } from '../page.ts';
import { complain, within } from '../runtime.ts';
import { anEvent, type Shape, StrictEmitter, strictClass } from '../strict.ts';
import { app } from './app.ts';
import { nativeImage } from './native-image.ts';
import { loadError, WebFrameMain } from './frame.ts';
import { answerPage } from './page-messages.ts';
import { applyPermissions, session } from './session.ts';
import { applyTheme, nativeTheme } from './native-theme.ts';

type Load = { url: string; resolve(): void; reject(error: Error): void };
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const all: WebContents[] = [];
let lastId = 0;

export class WebContents extends StrictEmitter implements Shape<Electron.WebContents, 'session'> {
  readonly id: number;
  readonly session = session.defaultSession;
  readonly mainFrame: Electron.WebFrameMain;
  readonly hostWebContents = null;
  _destroyed = false;
  _openHandler: OpenHandler | null = null;
  /** The window asks for its own close and focus through these; BrowserWindow fills them in. */
  _owner: { close(): void; gone(): void; titled(title: string): void; isFocused(): boolean } | null = null;
  #page: Page | null = null;
  #opening: Promise<Page>;
  #url = '';
  #title = '';
  #load: Load | null = null;
  #committed = false;
  #loading = false;
  #crashed = false;
  #zoom = 1;
  #size: { width: number; height: number };
  #devTools = false;
  #muted = false;

  constructor(preferences: Electron.WebPreferences, size: { width: number; height: number }) {
    super('webContents');
    lastId += 1;
    this.id = lastId;
    this.#size = size;
    this.mainFrame = new WebFrameMain(this) as unknown as Electron.WebFrameMain;
    all.push(this);
    const preload = preferences.preload === undefined ? null : readFileSync(preferences.preload, 'utf8');
    const argv = ['stand-in', '--type=renderer', ...(preferences.additionalArguments ?? [])];
    this.#opening = openPage({ ...size, preload, argv, events: this.#pageEvents() }).then((page) => {
      this.#page = page;
      if (this._destroyed) page.close();
      else if (nativeTheme.themeSource !== 'system') applyTheme(page.session);
      return page;
    });
    this.#opening.catch((error: Error) => complain(`a window could not be opened: ${error.message}`));
    app.emit('web-contents-created', anEvent({}), this);
  }

  static getAllWebContents(): Electron.WebContents[] {
    return all.map(asElectron);
  }
  static fromId(id: number): Electron.WebContents | undefined {
    const found = all.find((each) => each.id === id);
    return found && asElectron(found);
  }
  static fromDevToolsTargetId(targetId: string): Electron.WebContents | undefined {
    const found = all.find((each) => each.#page?.targetId === targetId);
    return found && asElectron(found);
  }
  static getFocusedWebContents(): Electron.WebContents | null {
    const found = all.find((each) => each._owner?.isFocused());
    return found ? asElectron(found) : null;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opening;
    if (this._destroyed) return;
    this.#load?.reject(loadError('ERR_ABORTED', this.#load.url));
    const loaded = new Promise<void>((resolve, reject) => {
      this.#load = { url, resolve, reject };
    });
    loaded.catch(() => {});
    this.#startLoading();
    const address = toBrowserUrl(url);
    await applyPermissions(asElectron(this), url);
    const failure = await page.navigate(address).catch((error: Error) => error.message);
    if (failure !== null) this.#failLoad(failure.replace('net::', ''), url);
    return loaded;
  }
  loadFile(path: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(path);
    if (options.hash) url.hash = options.hash;
    if (options.search) url.search = options.search;
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value);
    return this.loadURL(url.href);
  }
  reload(): void {
    this.#reload(false);
  }
  reloadIgnoringCache(): void {
    this.#reload(true);
  }
  #reload(ignoreCache: boolean): void {
    this.#startLoading();
    void this.#withPage((page) => page.session.send('Page.reload', { ignoreCache }));
  }
  stop(): void {
    void this.#withPage((page) => page.session.send('Page.stopLoading'));
  }
  #startLoading(): void {
    this.#loading = true;
    this.emit('did-start-loading');
  }
  #failLoad(name: string, url: string): void {
    const error = loadError(name, url);
    this.#loading = false;
    this.emit('did-fail-load', anEvent({}), error.errno, error.code, url, true, 1, 1);
    this.#load?.reject(error);
    this.#load = null;
  }

  #pageEvents(): PageEvents {
    return {
      message: (message) => answerPage(this, message),
      mayNavigate: (url, redirected) => {
        const may = this._mayLeave(url, redirected);
        if (may) this.#startLoading();
        return may;
      },
      navigated: (url, failed) => {
        this.#url = url;
        this.#committed = !failed;
        this.#crashed = false;
        if (!failed) this.emit('did-navigate', anEvent({}), url, 200, 'OK');
      },
      navigatedWithin: (url) => {
        this.#url = url;
        this.emit('did-navigate-in-page', anEvent({}), url, true, 1, 1);
      },
      domReady: () => {
        if (this.#committed) this.emit('dom-ready', anEvent({}));
      },
      loaded: () => this.#finishLoad(),
      log: (level, message, lineNumber, sourceId) => this.#log(level, message, lineNumber, sourceId),
      crashed: () => this.#crash(),
      gone: () => {
        if (!this._destroyed) this._owner?.gone();
      },
    };
  }
  #finishLoad(): void {
    if (!this.#committed) return;
    this.#committed = false;
    this.#loading = false;
    this.emit('did-frame-finish-load', anEvent({}), true, 1, 1);
    this.emit('did-finish-load', anEvent({}));
    this.emit('did-stop-loading', anEvent({}));
    this.#load?.resolve();
    this.#load = null;
  }
  #log(level: string, message: string, lineNumber: number, sourceId: string): void {
    const levels: Record<string, string> = {
      error: 'error',
      assert: 'error',
      warning: 'warning',
      debug: 'debug',
    };
    const details = { level: levels[level] ?? 'info', message, lineNumber, sourceId, frame: this.mainFrame };
    this.emit('console-message', anEvent(details), details.level, message, lineNumber, sourceId);
  }
  #crash(): void {
    this.#crashed = true;
    this.#loading = false;
    const details: Electron.RenderProcessGoneDetails = { reason: 'crashed', exitCode: 133 };
    this.emit('render-process-gone', anEvent({}), details);
    app.emit('render-process-gone', anEvent({}), this, details);
  }
  _titled(title: string): void {
    this.#title = title;
    this._owner?.titled(title);
  }
  _mayLeave(url: string, redirected: boolean): boolean {
    const event = anEvent({
      url,
      isMainFrame: true,
      isSameDocument: false,
      frame: this.mainFrame,
      initiator: this.mainFrame,
    });
    this.emit(redirected ? 'will-redirect' : 'will-navigate', event, url, false, true, 1, 1);
    return !event.defaultPrevented;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page?.deliver({ kind: 'message', channel, args });
  }
  _answer(message: Parameters<Page['deliver']>[0]): void {
    this.#page?.deliver(message);
  }
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    type Evaluated = {
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    };
    const ask = { expression: code, awaitPromise: true, returnByValue: true, userGesture };
    const page = await this.#opening;
    const { result, exceptionDetails } = await page.session.send<Evaluated>('Runtime.evaluate', ask);
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? 'Script failed to execute');
    return result.value;
  }
  async insertCSS(css: string): Promise<string> {
    const text = JSON.stringify(css);
    await this.executeJavaScript(
      `void document.head.append(Object.assign(document.createElement('style'), { textContent: ${text} }))`,
    );
    return 'stand-in';
  }
  forcefullyCrashRenderer(): void {
    void this.#withPage((page) => page.session.send('Page.crash'));
  }
  async capturePage(): Promise<Electron.NativeImage> {
    const page = await this.#opening;
    const { data } = await page.session.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    return nativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }
  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    const page = await this.#opening;
    const { landscape = false, printBackground = false } = options;
    const { data } = await page.session.send<{ data: string }>('Page.printToPDF', {
      landscape,
      printBackground,
    });
    return Buffer.from(data, 'base64');
  }
  async #withPage(use: (page: Page) => Promise<unknown>): Promise<void> {
    const page = await this.#opening;
    // The page may be gone by the time its turn comes, and then there is nothing left to do.
    if (!this._destroyed) await use(page).catch(() => {});
  }
  _theme(): void {
    void this.#withPage(async (page) => applyTheme(page.session));
  }
  _resize(size: { width: number; height: number }): void {
    this.#size = size;
    void this.#withPage((page) => resizePage(page.session, size.width, size.height, this.#zoom));
  }
  async _session(): Promise<Page> {
    return this.#opening;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this._openHandler = handler;
  }
  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    this._resize(this.#size);
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#title;
  }
  isLoading(): boolean {
    return this.#loading;
  }
  isLoadingMainFrame(): boolean {
    return this.#loading;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }
  isDestroyed(): boolean {
    return this._destroyed;
  }
  isFocused(): boolean {
    return this._owner?.isFocused() ?? false;
  }
  focus(): void {}
  openDevTools(): void {
    this.#devTools = true;
  }
  closeDevTools(): void {
    this.#devTools = false;
  }
  toggleDevTools(): void {
    this.#devTools = !this.#devTools;
  }
  isDevToolsOpened(): boolean {
    return this.#devTools;
  }
  setAudioMuted(muted: boolean): void {
    this.#muted = muted;
  }
  isAudioMuted(): boolean {
    return this.#muted;
  }
  setBackgroundThrottling(): void {}
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  undo(): void {}
  redo(): void {}
  cut(): void {}
  copy(): void {}
  paste(): void {}
  selectAll(): void {}
  getType(): ReturnType<Electron.WebContents['getType']> {
    return 'window';
  }
  getOSProcessId(): number {
    return process.pid;
  }
  getProcessId(): number {
    return this.id;
  }
  /** Playwright closes pages with this; like Electron's, it does not ask the window's 'close' listeners. */
  close(): void {
    this._owner?.gone();
  }
  _destroy(): void {
    if (this._destroyed) return;
    this._destroyed = true;
    all.splice(all.indexOf(this), 1);
    this.#load?.reject(loadError('ERR_FAILED', this.#load.url));
    this.#page?.close();
    this.emit('destroyed');
  }
}

function asElectron(contents: WebContents): Electron.WebContents {
  return contents as unknown as Electron.WebContents;
}

within.on('theme', () => {
  for (const contents of all) contents._theme();
});

export const webContents = strictClass('webContents', WebContents);
