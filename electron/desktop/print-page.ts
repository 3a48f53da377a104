import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow, app, dialog } from 'electron';

let nth = 0;

/** Prints a page that needs nothing but itself into a PDF, in a window that nobody sees and that runs no script. */
export async function printPage(html: string): Promise<Uint8Array> {
  const file = join(tmpdir(), `parley-print-${process.pid}-${++nth}.html`);
  const window = new BrowserWindow({
    show: false,
    webPreferences: { javascript: false, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    await writeFile(file, html, { mode: 0o600 });
    await window.loadFile(file);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      margins: { top: 0.5, bottom: 0.5, left: 0.5, right: 0.5 },
    });
  } finally {
    window.destroy();
    await rm(file, { force: true });
  }
}

/** Asks for a folder, beginning where documents go. Null when they changed their mind. */
export async function folderByDialog(): Promise<string | null> {
  const asked = await dialog.showOpenDialog({
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'createDirectory'],
  });
  return asked.canceled ? null : (asked.filePaths[0] ?? null);
}
