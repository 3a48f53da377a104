import { spawn } from 'node:child_process';

/** Opens the address where there is a screen to open it on. Nothing is lost when it does not work: it was printed. */
export function openInBrowser(address: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): void {
  const command = commandFor(env, platform);
  if (command === null) return;
  const [program, ...args] = command;
  const opener = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

function commandFor(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): [string, ...string[]] | null {
  if (env.CI) return null;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}
