import { openAttempts } from '../../electron/store/attempts.ts';
import { enrolmentCounts } from '../../electron/store/enrolments.ts';
import { SECOND_MS } from '../../shared/lib/instants.ts';
import { type OfficeWish, fastClock, openTestOffice } from './testing-office.ts';

/*
 * An office in a process of its own, that can be killed: `node testing-office-process.ts WISH`. It ends by itself once
 * nobody of its campaign is left and all that was in doubt is settled.
 */

export interface ProcessWish extends Omit<OfficeWish, 'clock'> {
  readonly folder: string;
  readonly speed: number;
  readonly startedAt: number;
  readonly campaignId: number;
}

/** After the last call, so that whatever is still asked about is learned. */
const SETTLE_MS = 90 * SECOND_MS;

const { speed, startedAt, campaignId, ...wish } = JSON.parse(process.argv[2] ?? '') as ProcessWish;
const clock = fastClock(speed, startedAt);
const office = await openTestOffice({ ...wish, clock });
await office.kernel.wakeUp();
process.stdout.write('up\n');

const look = () => {
  const counts = enrolmentCounts(office.kernel.db, campaignId);
  const isOpen = counts.open + counts['in-hand'] + openAttempts(office.kernel.db).length > 0;
  clock.after(isOpen ? SECOND_MS : SETTLE_MS, isOpen ? look : () => void finish());
};

async function finish(): Promise<void> {
  await office.close();
  process.stdout.write(`${JSON.stringify({ complaints: office.complaints })}\n`);
  process.exit(0);
}

look();
