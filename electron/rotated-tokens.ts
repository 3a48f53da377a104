import { z } from 'zod';
import { DAY_MS, type Instant, instant } from '../shared/lib/instants.ts';
import type { Secrets } from './host.ts';

/** What was signed with an old token may still be on its way, and calls under way go on being told with it. */
const OLD_MS = DAY_MS;

const keptShape = z.object({ now: z.string(), before: z.string().nullable(), changedAt: z.number() });

/**
 * The tokens that count: the one that is entered now, and for a day the one before it. They lie together in the secret
 * store, so that a rotation is noticed when the workspace is opened with another token than the last time.
 */
export async function tokensThatCount(
  secrets: Secrets,
  name: string,
  entered: string,
  at: Instant,
): Promise<(now: Instant) => readonly string[]> {
  if (entered === '') {
    // Forgotten is forgotten, here as well.
    await secrets.set(name, null);
    return () => [];
  }
  const kept = keptIn(await secrets.get(name));
  const isSame = kept?.now === entered;
  const state = isSame ? kept : { now: entered, before: kept?.now ?? null, changedAt: at };
  if (!isSame) await secrets.set(name, JSON.stringify(state));
  const { before, changedAt } = state;
  return (now) => (before !== null && isWithin(instant(changedAt), now) ? [entered, before] : [entered]);
}

/** A clock that was set back since makes an old token no younger. */
function isWithin(changedAt: Instant, now: Instant): boolean {
  return Math.abs(now - changedAt) <= OLD_MS;
}

function keptIn(text: string | null) {
  try {
    return keptShape.safeParse(JSON.parse(text ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}
