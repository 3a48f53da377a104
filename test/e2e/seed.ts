import { join } from 'node:path';
import { usualRules } from '../../shared/domain/campaign.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { instant } from '../../shared/lib/instants.ts';
import { insertIntent, markAttempt } from '../../electron/store/attempts.ts';
import { giveConsent } from '../../electron/store/consents.ts';
import { type Db, closeStore, openStore } from '../../electron/store/open.ts';
import { aCampaign, aContact, anAttempt, anEnrolment } from '../../electron/store/testing.ts';

/* What a test needs to find in the practice workspace, put there beside the program that is running on it. */

export function inPractice<T>(dataDir: string, work: (db: Db) => T): T {
  const opened = openStore(join(dataDir, 'workspaces/practice/parley.db'), {
    now: () => instant(Date.now()),
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  try {
    return work(opened.value);
  } finally {
    closeStore(opened.value);
  }
}

/** Area codes in New York: one for each contact. */
const AREAS = ['212', '718', '917', '646', '347', '516', '914', '585', '315', '518'];

/**
 * A campaign that dials by itself, open round the clock. `ends` are the last two digits of its numbers, which say
 * what happens at the other end.
 */
export function seedCampaign(dataDir: string, name: string, people: number, ends: string): number {
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 }));
  return inPractice(dataDir, (db) => {
    const rules = { ...usualRules('America/New_York'), windows: always, voice: 'ai' as const };
    const campaignId = aCampaign(db, { name, rules });
    for (const area of AREAS.slice(0, people)) {
      const e164 = `+1${area}55501${ends}` as E164;
      const numbers = [{ e164, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true }];
      const contactId = aContact(db, { name: `Rosa Blum ${area}`, numbers });
      const since = instant(0);
      giveConsent(db, { contactId, kind: 'ai-voice', basis: 'in writing', source: 'form', givenAt: since });
      anEnrolment(db, { campaignId, contactId, dueAt: since });
    }
    return campaignId;
  });
}

/** An attempt to which the carrier gave no clear answer. */
export function seedDoubt(dataDir: string, to: string, at: number): void {
  inPractice(dataDir, (db) => {
    const attempt = anAttempt({ id: crypto.randomUUID(), to: to as E164, intendedAt: instant(at) });
    insertIntent(db, attempt, { kind: 'ring' });
    markAttempt(db, attempt.id, 'intended', 'sent', { at: instant(at) });
    markAttempt(db, attempt.id, 'sent', 'unknown', {
      at: instant(at),
      trouble: 'The carrier did not answer in time.',
    });
  });
}
