import childProcess from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import './api/browser-window.ts';
import { dialog } from './api/desktop.ts';
import { startChromium } from './chromium.ts';
import { type AppHome, complain, runtime } from './runtime.ts';

// Chromium must not see these: they are ours, node's, or would undo what keeps two runs apart.
const oursAlone =
  /^--(inspect|remote-debugging|user-data-dir|no-sandbox|headless|enable-source-maps|data|port|password-store)/;
const slowLoadMs = 15_000;

await boot();

async function boot(): Promise<void> {
  const args = process.argv.slice(2);
  takeElectronsPlace(args);
  const preloads = takePreloads(args);
  runtime.home = findApp(args.find((arg) => !arg.startsWith('-')));
  app.setName(runtime.home.name);
  const require = createRequire(runtime.home.main);
  for (const preload of preloads) require(preload);

  process.on('uncaughtException', showUncaught);

  // Electron says "ready" only after the main module has run, so waiting for it at top level waits for ever.
  const late = setTimeout(
    () => complain('the main module is still loading; does it await app.whenReady() at top level?'),
    slowLoadMs,
  );
  await import(pathToFileURL(runtime.home.main).href).catch(mainModuleFailed);
  clearTimeout(late);
  if (runtime.quitting || runtime.exiting) return;

  const wantsPort = args.some((arg) => arg.startsWith('--remote-debugging-port'));
  const chromium = await startChromium({ switches: chromiumSwitches(args), wantsPort, onGone: browserGone });
  runtime.chromium = chromium;
  Object.assign(process.versions, { chrome: chromium.version });
  if (chromium.port !== null) process.stderr.write(`${chromium.port}\n`);
  if (!runtime.quitting && !runtime.exiting) app._becomeReady();
}

/** Makes the process look as it does under Electron: its arguments, its versions, its name. */
function takeElectronsPlace(args: string[]): void {
  const manifest = createRequire(import.meta.url)('electron/package.json') as { version: string };
  const executable = process.env.PARLEY_STANDIN_EXECUTABLE ?? join(import.meta.dirname, 'electron');
  delete process.env.PARLEY_STANDIN_EXECUTABLE;
  process.execPath = executable;
  process.argv = [executable, ...args];
  runtime.argv = process.argv;
  const versions = { ...process.versions, electron: manifest.version, chrome: '0' };
  const more = { type: 'browser', defaultApp: true, resourcesPath: join(dirname(executable), 'resources') };
  Object.defineProperty(process, 'versions', { value: versions });
  Object.assign(process, more);

  // Electron's fork runs its child as plain node; ours has to ask for that.
  const { fork } = childProcess;
  const forkAsNode = (path: string, ...rest: unknown[]) => {
    const forkArgs = Array.isArray(rest[0]) ? (rest.shift() as string[]) : [];
    const options = (rest[0] ?? {}) as childProcess.ForkOptions;
    return fork(path, forkArgs, {
      ...options,
      env: { ...process.env, ...options.env, ELECTRON_RUN_AS_NODE: '1' },
    });
  };
  childProcess.fork = forkAsNode as typeof fork;
  syncBuiltinESMExports();
}

/** `-r file`: Playwright puts its loader in this way when it finds Electron by itself. */
function takePreloads(args: string[]): string[] {
  const preloads: string[] = [];
  for (let at = args.indexOf('-r'); at !== -1; at = args.indexOf('-r')) {
    preloads.push(resolve(args[at + 1] ?? ''));
    args.splice(at, 2);
  }
  return preloads;
}

function findApp(named = '.'): AppHome {
  const place = resolve(named);
  const isFolder = existsSync(place) && statSync(place).isDirectory();
  const path = isFolder ? place : dirname(place);
  const manifestPath = join(path, 'package.json');
  const manifest = existsSync(manifestPath)
    ? (JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, string | undefined>)
    : {};
  const main = isFolder ? join(path, manifest.main ?? 'index.js') : place;
  if (!existsSync(main)) {
    complain(`there is no app at ${main}. Build it first (npm run build).`);
    process.exit(1);
  }
  return {
    path,
    main,
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? '0.0.0',
  };
}

function chromiumSwitches(args: string[]): string[] {
  const appended = [...runtime.switches].map(([name, value]) =>
    value === '' ? `--${name}` : `--${name}=${value}`,
  );
  return [...args.filter((arg) => arg.startsWith('--')), ...appended].filter((arg) => !oursAlone.test(arg));
}

function mainModuleFailed(error: Error): void {
  complain(`the main module failed. ${error.stack}`);
  process.exit(1);
}

/** Electron shows an error box for what nobody caught, and runs on. The box is in `dialog._shown` here. */
function showUncaught(error: Error): void {
  if (process.listenerCount('uncaughtException') > 1) return;
  dialog.showErrorBox('A JavaScript error occurred in the main process', error.stack ?? String(error));
}

function browserGone(last: string): void {
  if (runtime.exiting) return;
  complain(`Chromium ended by itself. ${last}`);
  process.exit(1);
}
