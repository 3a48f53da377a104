import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import type { Instant } from '../../shared/lib/instants.ts';
import { doubtAt, failedCanaries } from '../../shared/lib/zones/canaries.ts';
import { BUILT_IN, type ZoneTable, installZones, zonesInUse } from '../../shared/lib/zones/table.ts';

/* Every thread has a table of its own in memory. Each asks its canaries before it answers anything. */

const SHARED = 'parley zones';

interface SharedZones {
  /** Null for the table that came with this build, which every thread has. */
  readonly table: ZoneTable | null;
  readonly doubt: string | null;
}

/** Goes by this table from now on, here and in every thread that is begun later. Says why it is doubted. */
export function goByZones(table: ZoneTable, now: Instant): string | null {
  installZones(table, null);
  const doubt = doubtAt(now);
  installZones(table, doubt);
  const shared: SharedZones = { table: table === BUILT_IN ? null : table, doubt };
  setEnvironmentData(SHARED, shared as unknown as Parameters<typeof setEnvironmentData>[1]);
  return doubt;
}

/** First of all in a thread: the table of whoever began it, and the canaries asked once more. */
export function goByZonesOfMain(): void {
  const shared = getEnvironmentData(SHARED) as unknown as SharedZones | undefined;
  const { table, doubt } = shared ?? { table: null, doubt: null };
  installZones(table ?? BUILT_IN, doubt);
  if (doubt === null && failedCanaries().length > 0) installZones(zonesInUse().table, LOST);
}

const LOST =
  'This part of Parley lost its time zone data, so it calls an hour later and ends an hour earlier than the law allows.';
