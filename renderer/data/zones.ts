import type { Hello } from '../../shared/contract/app.ts';
import type { ParleyClient } from '../../shared/contract/contract.ts';
import { installZones, zonesInUse } from '../../shared/lib/zones/table.ts';

/** The screens tell the time by the kernel’s zone data, which may be newer than those they were built with. */
export async function goByZonesOf(client: ParleyClient, { zones }: Hello): Promise<void> {
  const { table, doubt } = zonesInUse();
  if (table.version === zones.release && doubt === zones.doubt) return;
  const told = table.version === zones.release ? null : await client.app.zoneTable();
  installZones(told?.ok === true && told.value !== null ? told.value : table, zones.doubt);
}
