import type * as Electron from 'electron';
import type { CdpSession } from '../cdp.ts';
import { within } from '../runtime.ts';
import { type Shape, StrictEmitter } from '../strict.ts';

type Source = Electron.NativeTheme['themeSource'];

class NativeTheme extends StrictEmitter implements Shape<Electron.NativeTheme> {
  /** What the system would prefer; a test may change it and emit 'updated'. */
  _systemDark = false;
  #source: Source = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  constructor() {
    super('nativeTheme');
  }
  get themeSource(): Source {
    return this.#source;
  }
  set themeSource(source: Source) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    within.emit('theme');
    if (before !== this.shouldUseDarkColors) this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this._systemDark : this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

/** Tells one page which colours to prefer. Left alone on 'system', so that Playwright's own wish stands. */
export function applyTheme(session: CdpSession): void {
  const { themeSource } = nativeTheme;
  const value = themeSource === 'system' ? '' : themeSource;
  session
    .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
    .catch(() => {});
}
