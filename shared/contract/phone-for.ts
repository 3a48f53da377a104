import type { Hello } from './app.ts';
import type { PhoneView } from './phone.ts';

/** A day in a hurry sounds like nothing anybody has ever heard. */
const SPEED_MAX = 4;

/** Which phone whoever sits here has; null where there is nothing to hear. */
export function phoneFor({ me, carrier, preferences, speed }: Hello): PhoneView['kind'] | null {
  if (me === null || carrier === null) return null;
  if (carrier.isSimulated) return preferences.sounds && speed <= SPEED_MAX ? 'simulated' : null;
  return carrier.voice === 'softphone' ? 'softphone' : null;
}
