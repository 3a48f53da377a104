import type { Schedule } from '../../shared/domain/schedule.ts';
import { giveConsent } from './consents.ts';
import { numbersOf } from './contacts.ts';
import type { Db } from './open.ts';
import { type ScheduleWish, addSchedule } from './schedules.ts';
import { NOON, aContact, aNumber } from './testing.ts';

/** A contact in New York who is called at ten every day, and agreed to it. */
export function aSchedule(
  db: Db,
  given: Partial<ScheduleWish> & { nth?: number; mayBeSpokenTo?: boolean } = {},
): Schedule {
  const { nth = 0, mayBeSpokenTo = true, ...wish } = given;
  const zone = wish.zone ?? 'America/New_York';
  const contactId = aContact(db, {
    name: `Contact ${nth}`,
    numbers: [{ e164: aNumber(nth), kind: 'mobile', zones: [zone], isStarred: true }],
  });
  if (mayBeSpokenTo)
    giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt: NOON });
  const usual: ScheduleWish = {
    numberId: numbersOf(db, contactId)[0]!.id,
    zone,
    minute: 10 * 60,
    cadence: { kind: 'daily' },
    voice: '',
    isActive: true,
  };
  return addSchedule(db, contactId, { ...usual, ...wish }, NOON);
}
