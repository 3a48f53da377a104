import { customType, integer } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../../shared/lib/instants.ts';

/** An instant: milliseconds since 1970, UTC. */
export const moment = (name: string) => integer(name).$type<Instant>();

/** Yes or no, as 1 or 0. */
export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** A value as JSON text. Written as NULL, not as the text "null", so that IS NULL means what it says. */
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: string | null }>({
    dataType: () => 'text',
    toDriver: (value) => (value === null ? null : JSON.stringify(value)),
    fromDriver: (text) => JSON.parse(text as string) as T,
  })(name);
