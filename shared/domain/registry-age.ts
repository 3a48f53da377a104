import { DAY_MS, type Instant } from '../lib/instants.ts';

/** How long a copy of a register may be used: 31 days, in the United States (16 CFR 310.4(b)(3)(iv)) and in Canada. */
export const REGISTRY_DAYS_MAX = 31;
const WARNED_DAYS = 24;

export type RegistryAge = 'fresh' | 'ages' | 'too-old';

/** What the age of a copy means for whoever calls by it. */
export function ageOf(asOf: Instant, now: Instant): { readonly age: RegistryAge; readonly sentence: string } {
  const days = Math.floor((now - asOf) / DAY_MS);
  const left = REGISTRY_DAYS_MAX - days;
  if (days > REGISTRY_DAYS_MAX)
    return {
      age: 'too-old',
      sentence: `${days} days old. Where the law asks for one of 31 days, nobody is called until a newer one is here.`,
    };
  if (days >= WARNED_DAYS)
    return {
      age: 'ages',
      sentence: `${days} days old. Read in a newer one within ${left === 1 ? 'a day' : `${Math.max(0, left)} days`}.`,
    };
  return {
    age: 'fresh',
    sentence: days <= 0 ? 'From today.' : days === 1 ? 'A day old.' : `${days} days old.`,
  };
}
