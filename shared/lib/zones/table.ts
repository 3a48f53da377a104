import * as builtIn from '../../generated/zone-table.ts';

/** What the clocks of the world did and will do, as a script writes it down. */
export interface ZoneTable {
  /** The release of the IANA data, such as `2026f`. */
  readonly version: string;
  /** From when on changes are told. */
  readonly since: number;
  /** A line for each clock: the names that share it, then its changes. */
  readonly clocks: string;
  /** A line for each country: two letters, then its zones. */
  readonly countries: string;
}

/** The table that came with this build. */
export const BUILT_IN: ZoneTable = builtIn;

interface InUse {
  readonly table: ZoneTable;
  /** Why its answers are not to be relied on to the hour, in a sentence; null where they are. */
  readonly doubt: string | null;
}

let inUse: InUse = { table: BUILT_IN, doubt: null };
const forgetting: (() => void)[] = [];

export function zonesInUse(): InUse {
  return inUse;
}

/** The release of the zone data that every answer rests on. Kept with each verdict. */
export function zoneRelease(): string {
  return inUse.table.version;
}

/**
 * Goes by another table from now on: at the start of a process or a thread, before anybody has asked for the
 * time anywhere. Books of law that were made before know nothing of it.
 */
export function installZones(table: ZoneTable, doubt: string | null): void {
  const isNew = table !== inUse.table;
  inUse = { table, doubt };
  if (isNew) for (const forget of forgetting) forget();
}

/** Whoever keeps what was read from the table lets go of it when there is another. */
export function onNewTable(forget: () => void): void {
  forgetting.push(forget);
}
