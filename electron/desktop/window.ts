import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { WINDOW_MIN, openingBounds } from './window-bounds.ts';
import { windowMemory } from './window-memory.ts';

export interface WindowParts {
  readonly dataDir: string;
  /** The folder that was built: preload and renderer are in it. */
  readonly out: string;
  readonly home: string;
  readonly icon: string;
  /** Asked when somebody closes the window. False keeps it, hidden. */
  readonly mayClose: () => boolean;
  readonly closed: () => void;
}

export interface MainWindow {
  /** In front of everything, made anew if it was closed. */
  show(): BrowserWindow;
  current(): BrowserWindow | null;
  /** Runs once the page is there to hear of it; at once when it is. */
  whenLoaded(run: () => void): void;
}

/** The one window. Closing it need not end anything: the sessions live in the kernel. */
export function mainWindow(parts: WindowParts): MainWindow {
  const memory = windowMemory(join(parts.dataDir, 'window.json'));
  let window: BrowserWindow | null = null;

  const open = () => {
    const opened = makeWindow(parts, memory);
    window = opened;
    opened.on('close', (event) => {
      memory.write({ bounds: opened.getNormalBounds(), isMaximized: opened.isMaximized() });
      if (parts.mayClose()) return;
      event.preventDefault();
      opened.hide();
    });
    opened.on('closed', () => {
      window = null;
      parts.closed();
    });
    return opened;
  };
  return {
    current: () => window,
    show() {
      // A new window shows itself once it has something to show.
      if (window === null) return open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return window;
    },
    whenLoaded(run) {
      const { webContents } = window ?? open();
      if (webContents.isLoading() || webContents.getURL() === '') webContents.once('did-finish-load', run);
      else run();
    },
  };
}

function makeWindow(parts: WindowParts, memory: ReturnType<typeof windowMemory>): BrowserWindow {
  const kept = memory.read();
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...openingBounds(kept, displays),
    minWidth: WINDOW_MIN.width,
    minHeight: WINDOW_MIN.height,
    show: false,
    title: 'Parley',
    icon: parts.icon,
    backgroundColor: groundColour(),
    webPreferences: {
      preload: join(parts.out, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Elsewhere Chromium would fetch its dictionaries from a site of its maker's; nothing leaves this computer.
      spellcheck: process.platform === 'darwin',
      // After a reload in mid-call nobody has pressed anything yet, and the tones must still sound.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  if (kept?.isMaximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  nativeTheme.on('updated', recolour);
  window.once('closed', () => nativeTheme.off('updated', recolour));
  // What cannot be loaded is told on stderr by Electron; the window shows itself all the same.
  window.loadURL(parts.home).catch(() => window.isDestroyed() || window.show());
  return window;

  function recolour() {
    if (!window.isDestroyed()) window.setBackgroundColor(groundColour());
  }
}

/** The surface of each theme, painted before the page is, so that nothing flashes white. */
function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#111318' : '#ffffff';
}
