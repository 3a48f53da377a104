import { join } from 'node:path';
import { app, dialog, nativeTheme, safeStorage } from 'electron';
import type { Hello } from '../../shared/contract/app.ts';
import type { DeskView } from '../../shared/contract/desk.ts';
import { phoneFor } from '../../shared/contract/phone-for.ts';
import type { Standing } from '../../shared/contract/standing.ts';
import type { Answer, PushFrame } from '../../shared/contract/wire.ts';
import { machineClock } from '../../shared/lib/clock.ts';
import { machineRandom } from '../../shared/lib/random.ts';
import { type Claim, claimFolder } from '../claim.ts';
import { saveByDialog } from './save-file.ts';
import type { Host } from '../host.ts';
import { type House, openHouse } from '../house.ts';
import { type Log, fileLog } from '../log.ts';
import { PRODUCT_VERSION } from '../version.ts';
import { survivePageCrashes } from './crashes.ts';
import { hearWindows, tellWindows } from './ipc.ts';
import { watchTheDoor } from './leaving.ts';
import type { hearLinks } from './links.ts';
import { registerLinks } from './links.ts';
import { grantLittle } from './lock-down.ts';
import { loginItemFor, wasOpenedAtLogin } from './login-item.ts';
import { setMenu } from './menu.ts';
import { type Notice, notices } from './notices.ts';
import { phoneWindow } from './phone-window.ts';
import { keepAwake, watchPower } from './power.ts';
import { folderByDialog, printPage } from './print-page.ts';
import { OUR_ORIGIN, homePage, serveScheme } from './scheme.ts';
import { keyringSecrets } from './secrets.ts';
import type { StartOptions } from './start-options.ts';
import { type TrayIcon, trayIcon } from './tray.ts';
import { type MainWindow, mainWindow } from './window.ts';

export interface DesktopParts {
  readonly options: StartOptions;
  /** The folder that was built. */
  readonly out: string;
  readonly links: ReturnType<typeof hearLinks>;
}

/** Opens the house and puts the desktop around it. Called once the app is ready. */
export async function openDesktop(parts: DesktopParts): Promise<void> {
  const { dataDir } = parts.options;
  const claim = claimFolder(dataDir);
  if (!claim.ok) return sayAndEnd(claim.error);
  const log = fileLog(join(dataDir, 'parley.log'), machineClock(), process.env.PARLEY_DEBUG === '1');
  endPlainly(log);
  const desk = feed<DeskView>();
  const hello = feed<Hello>();
  const standing = feed<Standing>();
  const icon = join(parts.out, '../resources/icons/app/256x256.png');
  const notify = notices(icon);
  const screens: Screens = { window: null, goThere() {}, onPush() {} };
  const host: Host = {
    kind: 'electron',
    version: PRODUCT_VERSION,
    showDesk: desk.show,
    showStanding: standing.show,
    loginItem: loginItemFor(dataDir),
    saveFile: saveByDialog,
    printPage,
    chooseFolder: folderByDialog,
    notify(tiding) {
      // Whoever looks at the window is told there.
      if (screens.window?.current()?.isFocused() !== true) notify(tiding, () => screens.goThere(tiding.path));
    },
  };
  const opened = await openHouseIn(parts.options, host, log, (frame) => screens.onPush(frame));
  if (!opened.ok) {
    claim.value.release();
    return sayAndEnd(opened.error.sentence);
  }
  const house = opened.value;
  screens.goThere = (path) => {
    screens.window?.show();
    screens.window?.whenLoaded(() => house.tell('app.goTo', () => ({ path })));
  };
  const { goThere } = screens;
  screens.window = furnish({
    ...parts,
    house,
    desk,
    hello,
    standing,
    claim: claim.value,
    log,
    icon,
    notify,
    goThere,
  });
  screens.onPush = (frame) => {
    tellWindows(frame);
    if (frame.topic === 'app.helloChanged') void catchUp({ house, desk, hello });
  };
  await catchUp({ house, desk, hello });
  const { window } = screens;
  if (!parts.options.isHidden && !wasOpenedAtLogin()) window.show();
  parts.links.takenBy((text) => {
    window.show();
    window.whenLoaded(() => house.tell('app.dialBox', () => ({ text })));
  });
}

interface Furniture extends DesktopParts {
  readonly house: House;
  readonly desk: Feed<DeskView>;
  readonly hello: Feed<Hello>;
  readonly standing: Feed<Standing>;
  readonly claim: Claim;
  readonly log: Log;
  readonly icon: string;
  readonly notify: (notice: Notice, onPress: () => void) => void;
  /** Brings the window to the front, at this place. */
  readonly goThere: (path: string) => void;
}

interface Screens {
  window: MainWindow | null;
  goThere: (path: string) => void;
  onPush: (frame: PushFrame) => void;
}

/** Window, tray, menu, power, links: everything that hangs on the house. */
function furnish(furniture: Furniture): MainWindow {
  const { options, out, house, desk, hello, standing, claim, log, icon, notify, goThere } = furniture;
  const clock = machineClock();
  const home = homePage(process.env);
  const origin = home.startsWith(OUR_ORIGIN) ? OUR_ORIGIN : new URL(home).origin;
  serveScheme(join(out, 'renderer'), house.sound, house.phoneHosts);
  grantLittle(origin);
  hearWindows(origin, house.answer, house.files.offer);
  const sayStillHere = () =>
    notify(
      {
        title: 'Parley is still here',
        body: `${desk.current()?.session == null ? 'What calls by itself goes on.' : 'Your session goes on.'} Parley is in the tray; start it again to bring its window back.`,
      },
      () => void window.show(),
    );
  const leaving = watchTheDoor({
    clock,
    house,
    desk: desk.current,
    standing: standing.current,
    sayStillHere,
    release: claim.release,
  });
  const phone = phoneWindow({ out, home, clock, log });
  const window = mainWindow({
    dataDir: options.dataDir,
    out,
    home,
    icon,
    mayClose: leaving.mayCloseWindow,
    // A window that nobody sees must not keep a closed program alive.
    closed: () => phone.want(false),
  });
  desk.follow(() => phone.want(wantsPhone(hello.current(), desk.current())));
  hello.follow(() => phone.want(wantsPhone(hello.current(), desk.current())));
  const tray = trayFor({ house, out, window, goThere, log, notify });
  desk.follow((view) => tray.show(view, standing.current()));
  standing.follow((now) => tray.show(desk.current(), now));
  const stayAwake = keepAwake();
  desk.follow((view) => stayAwake(view?.session != null));
  setMenu({ goTo: goThere, showKeys: () => house.tell('app.showKeys', () => null) });
  watchPower(
    (event) => house.power(event),
    (error) => log('a power event could not be passed on', error),
    leaving.askNothing,
  );
  survivePageCrashes(() => window.current(), clock, log);
  registerLinks();
  // Windows shows notices only for programs it knows by this name, the installer's.
  app.setAppUserModelId('example.parley.desktop');
  app.on('second-instance', (_event, argv) => {
    // Log-in may start Parley once more while it runs: that is no wish to see it.
    if (!argv.includes('--hidden')) window.show();
  });
  app.on('activate', () => void window.show());
  return window;
}

function trayFor(parts: {
  house: House;
  out: string;
  window: MainWindow;
  goThere: (path: string) => void;
  log: Log;
  notify: Furniture['notify'];
}): TrayIcon {
  const { house, window, goThere, log, notify } = parts;
  return trayIcon(join(parts.out, '../resources/icons'), {
    open: () => void window.show(),
    start: () => goThere('/dial'),
    pause: () => house.pause('Break'),
    resume: () => house.resume(),
    'hang-up': () => void house.hangUp().catch((error: unknown) => log('hanging up failed', error)),
    'pause-all': () => house.pauseAll(),
    'resume-all'() {
      const trouble = house.resumeAll();
      if (trouble !== null) notify({ title: 'Still paused', body: trouble }, () => goThere('/live'));
    },
    quit: () => app.quit(),
  });
}

async function openHouseIn(
  { dataDir, practiceSpeed }: StartOptions,
  host: Host,
  log: Log,
  push: (frame: PushFrame) => void,
) {
  const clock = machineClock();
  return openHouse({
    dataDir,
    clock,
    random: machineRandom(),
    host,
    secrets: keyringSecrets(join(dataDir, 'secrets.json'), safeStorage),
    log,
    practiceSpeed,
    practicePace: practiceSpeed === 1 ? clock : machineClock(practiceSpeed),
    push,
  });
}

interface Feed<T> {
  show(view: T | null): void;
  current(): T | null;
  /** Told at once of how it is, and of every change. */
  follow(follower: (view: T | null) => void): void;
}

function feed<T>(): Feed<T> {
  const followers: ((view: T | null) => void)[] = [];
  let current: T | null = null;
  return {
    current: () => current,
    show(view) {
      current = view;
      for (const follower of followers) follower(view);
    },
    follow(follower) {
      followers.push(follower);
      follower(current);
    },
  };
}

type Heard = Pick<Furniture, 'house' | 'desk' | 'hello'>;

/** Practice has nothing to hear before its first session; a phone that is called has to be there before. */
function wantsPhone(hello: Hello | null, desk: DeskView | null): boolean {
  const kind = hello === null ? null : phoneFor(hello);
  return kind === 'softphone' || (kind === 'simulated' && desk?.session != null);
}

/** Another person, workspace or theme: the desk is asked for, because nobody pushes it then. */
async function catchUp({ house, desk, hello }: Heard): Promise<void> {
  const told = (await house.answer('app.hello', undefined)) as Answer<Hello>;
  if (told.ok) {
    nativeTheme.themeSource = told.value.preferences.theme;
    hello.show(told.value);
  }
  const view = (await house.answer('desk.view', undefined)) as Answer<DeskView>;
  if (view.ok) desk.show(view.value);
  // A locked screen hides nothing here: the session behind it goes on, and so does what the tray shows.
  else if (view.error.code !== 'locked') desk.show(null);
}

/** Says why Parley cannot open, and ends. Nothing was written. */
export function sayAndEnd(sentence: string): void {
  dialog.showErrorBox('Parley cannot open', sentence);
  app.exit(1);
}

/** A mistake of ours that nobody caught: said plainly, written down, and the end. What was saved is safe. */
function endPlainly(log: Log): void {
  process.on('uncaughtException', (error) => {
    log('an error that nobody caught', error);
    dialog.showErrorBox(
      'Parley has to stop',
      `Parley met an error it did not expect (${error.message}). What was saved is safe. Start it again; your session will be there.`,
    );
    app.exit(1);
  });
}
