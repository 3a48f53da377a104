import { useEffect } from 'react';
import type { Preferences } from '../../shared/domain/preferences.ts';
import { applyDensity, applyTheme } from '../theme/theme.ts';

/** Read again by public/first-paint.js before the next start draws anything. */
const KEPT_UNDER = 'parley.appearance';

/** Puts a person's theme and density on the page, and remembers them for the next first paint. */
export function useAppearance(preferences: Pick<Preferences, 'theme' | 'density'> | undefined): void {
  const theme = preferences?.theme;
  const density = preferences?.density;
  useEffect(() => {
    if (theme === undefined || density === undefined) return;
    applyTheme(theme);
    applyDensity(density);
    keep(KEPT_UNDER, { theme, density });
  }, [theme, density]);
}

/** A browser may refuse to keep anything; then it is simply not kept. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing of importance is kept here.
  }
}

export function kept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}
