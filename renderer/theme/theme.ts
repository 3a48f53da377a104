export type Theme = 'system' | 'light' | 'dark';
export type ShownTheme = 'light' | 'dark';
export type Density = 'compact' | 'regular' | 'relaxed';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
export const DENSITIES: readonly Density[] = ['compact', 'regular', 'relaxed'];

/** Height of a list row in CSS px at 100 % zoom, for code that has to know it (windowed lists). */
export const ROW_PX: Record<Density, number> = { compact: 28, regular: 32, relaxed: 40 };

const DARK = '(prefers-color-scheme: dark)';

/** Puts the theme on the page. `system` takes our word away and lets the style sheet follow the system. */
export function applyTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

export function applyDensity(density: Density, root: HTMLElement = document.documentElement): void {
  root.dataset['density'] = density;
}

/** What is on screen now, for canvases and charts that cannot read CSS. */
export function shownTheme(theme: Theme): ShownTheme {
  if (theme !== 'system') return theme;
  return matchMedia(DARK).matches ? 'dark' : 'light';
}

/** Tells when the system turns light or dark. Returns how to stop. */
export function onSystemTheme(listener: (shown: ShownTheme) => void): () => void {
  const query = matchMedia(DARK);
  const changed = () => listener(query.matches ? 'dark' : 'light');
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** A colour token such as `--state-ready` as the browser resolves it now, for drawing outside CSS. */
export function tokenColour(name: `--${string}`): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
