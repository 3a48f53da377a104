import type * as Electron from 'electron';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runtime, within } from '../runtime.ts';
import { acquireLock, releaseLock } from '../single-instance.ts';
import { anEvent, type Shape, StrictEmitter, strict } from '../strict.ts';

type Where = Parameters<Electron.App['getPath']>[0];

class App extends StrictEmitter implements Shape<Electron.App, 'commandLine' | 'dock'> {
  readonly commandLine = strict('app.commandLine', commandLine());
  readonly dock: Electron.Dock | undefined = undefined;
  readonly isPackaged = process.env.PARLEY_STANDIN_PACKAGED === '1';
  readonly runningUnderARM64Translation = false;
  name = 'Electron';
  badgeCount = 0;
  userAgentFallback = 'Electron stand-in';
  accessibilitySupportEnabled = false;
  readonly _record = {
    appUserModelId: '',
    sandboxed: false,
    relaunches: [] as Electron.RelaunchOptions[],
    userTasks: [] as Electron.Task[],
    jumpList: null as Electron.JumpListCategory[] | null,
  };
  #ready = false;
  #paths = new Map<string, string>();
  #protocols = new Set<string>();
  #loginItem: Electron.Settings = {};
  #locked = false;
  #readyPromise = Promise.withResolvers<void>();

  constructor() {
    super('app');
  }

  whenReady(): Promise<void> {
    return this.#readyPromise.promise;
  }
  isReady(): boolean {
    return this.#ready;
  }
  /** For boot.ts. Through `this.emit`, because Playwright's loader puts its own in the way. */
  _becomeReady(): void {
    this.#ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', anEvent({}), {});
    this.#readyPromise.resolve();
  }

  quit(): void {
    if (runtime.quitting || runtime.exiting) return;
    runtime.quitting = true;
    const event = anEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) runtime.quitting = false;
    else within.emit('quit');
  }
  exit(exitCode = 0): void {
    if (runtime.exiting) return;
    runtime.exiting = true;
    within.emit('exit');
    this.emit('quit', anEvent({}), exitCode);
    // Later, so that whoever asked (Playwright, over the inspector) still gets an answer.
    setTimeout(() => process.exit(exitCode), 5);
  }
  relaunch(options: Electron.RelaunchOptions = {}): void {
    this._record.relaunches.push(options);
  }
  focus(): void {}
  hide(): void {}
  show(): void {}

  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return runtime.home.version;
  }
  getAppPath(): string {
    return runtime.home.path;
  }
  getLocale(): string {
    return 'en-US';
  }
  getSystemLocale(): string {
    return 'en-US';
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }
  getLocaleCountryCode(): string {
    return 'US';
  }
  getPath(name: Where): string {
    const path = this.#paths.get(name) ?? this.#usualPath(name);
    if ((name === 'userData' || name === 'sessionData' || name === 'logs') && !existsSync(path))
      mkdirSync(path, { recursive: true });
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    this.setPath('logs', path ?? join(this.getPath('userData'), 'logs'));
  }
  #usualPath(name: Where): string {
    const home = homedir();
    const appData =
      process.env.XDG_CONFIG_HOME ??
      join(home, process.platform === 'darwin' ? 'Library/Application Support' : '.config');
    const userData = () =>
      this.commandLine.getSwitchValue('user-data-dir') || join(this.getPath('appData'), this.name);
    const usual: Partial<Record<Where, () => string>> = {
      home: () => home,
      appData: () => appData,
      userData,
      sessionData: () => this.getPath('userData'),
      logs: () => join(this.getPath('userData'), 'logs'),
      crashDumps: () => join(this.getPath('userData'), 'Crashpad'),
      temp: () => tmpdir(),
      exe: () => process.execPath,
      module: () => process.execPath,
      desktop: () => join(home, 'Desktop'),
      documents: () => join(home, 'Documents'),
      downloads: () => join(home, 'Downloads'),
      music: () => join(home, 'Music'),
      pictures: () => join(home, 'Pictures'),
      videos: () => join(home, 'Videos'),
    };
    const path = usual[name]?.();
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    if (this.#locked) return true;
    const tell = (argv: string[], cwd: string, data: unknown) =>
      void this.whenReady().then(() => this.emit('second-instance', anEvent({}), argv, cwd, data));
    this.#locked = acquireLock(this.getPath('userData'), runtime.argv, additionalData ?? null, tell);
    return this.#locked;
  }
  hasSingleInstanceLock(): boolean {
    return this.#locked;
  }
  releaseSingleInstanceLock(): void {
    if (this.#locked) releaseLock(this.getPath('userData'));
    this.#locked = false;
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.#protocols.add(protocol);
    return true;
  }
  removeAsDefaultProtocolClient(protocol: string): boolean {
    return this.#protocols.delete(protocol);
  }
  isDefaultProtocolClient(protocol: string): boolean {
    return this.#protocols.has(protocol);
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem = settings;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = this.#loginItem.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }

  setAppUserModelId(id: string): void {
    this._record.appUserModelId = id;
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }
  getBadgeCount(): number {
    return this.badgeCount;
  }
  setUserTasks(tasks: Electron.Task[]): boolean {
    this._record.userTasks = tasks;
    return true;
  }
  setJumpList(categories: Electron.JumpListCategory[] | null): ReturnType<Electron.App['setJumpList']> {
    this._record.jumpList = categories;
    return 'ok';
  }
  enableSandbox(): void {
    this._record.sandboxed = true;
  }
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  disableHardwareAcceleration(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}
  getAppMetrics(): Electron.ProcessMetric[] {
    return [];
  }
}

function commandLine() {
  const given = (name: string) =>
    runtime.argv.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  return {
    appendSwitch(name: string, value = ''): void {
      runtime.switches.set(name, value);
    },
    appendArgument(_value: string): void {},
    hasSwitch: (name: string): boolean => runtime.switches.has(name) || given(name) !== undefined,
    getSwitchValue: (name: string): string =>
      runtime.switches.get(name) ?? given(name)?.slice(name.length + 3) ?? '',
    removeSwitch(name: string): void {
      runtime.switches.delete(name);
    },
  } satisfies Partial<Electron.CommandLine>;
}

export const app = new App();
