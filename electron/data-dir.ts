import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where everything of this installation lives: `--data`, else PARLEY_DATA, else the system's own place. */
export function dataDirFor(
  wished: string | undefined,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string {
  const named = wished ?? env.PARLEY_DATA;
  if (named) return resolve(named);
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Parley');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Parley');
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Parley');
}
