/* The file by which desktops on Linux open programs at log-in, as freedesktop.org lays it down. */

export function autostartText(command: readonly string[]): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Name=Parley',
    'Comment=Keeps calling on time, out of sight',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`;
}

/** Desktops switch such a file off by a line in it, and keep the file. */
export function isAutostartOn(text: string): boolean {
  return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(text);
}

/** An argument in quotes: `"`, `` ` ``, `$` and `\\` are escaped, a percent sign is doubled. */
function quoted(argument: string): string {
  return `"${argument.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`;
}
