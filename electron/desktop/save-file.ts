import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';

/** Asks where a file is to go, beginning where downloads go, and puts a copy of it there. */
export async function saveByDialog(from: string, name: string): Promise<boolean> {
  const asked = await dialog.showSaveDialog({ defaultPath: join(app.getPath('downloads'), name) });
  if (asked.canceled || asked.filePath === '') return false;
  await copyFile(from, asked.filePath);
  return true;
}
