import { join } from 'node:path';
import { app, crashReporter } from 'electron';
import { folderTrouble } from './claim.ts';
import { openDesktop, sayAndEnd } from './desktop/desktop.ts';
import { hearLinks } from './desktop/links.ts';
import { lockDown } from './desktop/lock-down.ts';
import { OUR_ORIGIN, declareScheme, homePage } from './desktop/scheme.ts';
import { startOptions } from './desktop/start-options.ts';

// Electron becomes ready only after this module has run, so nothing here may wait for that at top level.

const options = startOptions(process.argv.slice(1), process.env, process.platform);
const trouble = folderTrouble(options.dataDir);

app.enableSandbox();
declareScheme();
if (trouble === null) start();
else void app.whenReady().then(() => sayAndEnd(trouble));

function start(): void {
  // One Parley per data folder: the lock lies in `userData`.
  app.setPath('userData', options.dataDir);
  app.setPath('sessionData', join(options.dataDir, 'window'));
  app.setPath('crashDumps', join(options.dataDir, 'crashes'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  crashReporter.start({ uploadToServer: false });
  const home = homePage(process.env);
  lockDown(home.startsWith(OUR_ORIGIN) ? OUR_ORIGIN : new URL(home).origin);
  const links = hearLinks(options.link);
  const out = join(import.meta.dirname, '..');
  void app.whenReady().then(() => openDesktop({ options, out, links }));
}
