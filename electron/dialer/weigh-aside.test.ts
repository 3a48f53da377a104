import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type CampaignRules, usualRules } from '../../shared/domain/campaign.ts';
import { type LawBook, lawBook, shippedClosures, shippedRules } from '../../shared/domain/law/book.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { instant } from '../../shared/lib/instants.ts';
import { BUILT_IN } from '../../shared/lib/zones/table.ts';
import { withOldClocks } from '../../shared/lib/zones/testing-zones.ts';
import { setCompared, setOwnHours } from '../store/own-law.ts';
import { obeyedLaw } from '../store/law-overrides.ts';
import { closeStore } from '../store/open.ts';
import { aCampaign, aContact, aStore, anEnrolment, inFolder } from '../store/testing.ts';
import { goByZones } from '../store/zones-here.ts';
import { type Standing, type Yardstick, weighing } from './weigh.ts';
import { weighInWorker } from './weigh-aside.ts';

/* A large campaign is weighed by another thread: it obeys the same law, and tells the time by the same clocks. */

/** Wednesday 18 November 2026, 12:00 in New York. */
const NOW = instant(Date.UTC(2026, 10, 18, 17));
const never = new AbortController().signal;

afterEach(() => goByZones(BUILT_IN, NOW));

const shipped = () => lawBook(shippedRules, shippedClosures);

/** Ten people from New York and ten from Vancouver, none of them a business. */
function inWorkspace(
  work: (
    weigh: (law: LawBook) => Promise<readonly [Standing, Standing]>,
    db: ReturnType<typeof aStore>,
  ) => Promise<void>,
): Promise<void> {
  return inFolder(async (folder) => {
    const file = join(folder, 'parley.db');
    const db = aStore(file);
    const campaignId = aCampaign(db);
    for (let nth = 0; nth < 20; nth++) {
      const e164 = `+1${nth < 10 ? '212' : '604'}55501${String(nth).padStart(2, '0')}` as E164;
      const numbers = [{ e164, kind: 'mobile', zones: [], isStarred: true } as const];
      anEnrolment(db, { campaignId, contactId: aContact(db, { company: '', numbers }) });
    }
    const weigh = async (law: LawBook) => {
      const yardstick: Yardstick = { law, carrier: null };
      const aside = await weighInWorker({ file, campaignId, asOf: NOW, yardstick }, never);
      const run = weighing(db, campaignId, NOW, yardstick);
      for (let step = run.next(); ; step = run.next())
        if (step.done === true) return [aside!, step.value!] as const;
    };
    try {
      await work(weigh, db);
    } finally {
      closeStore(db);
    }
  });
}

test('a thread weighs by the closed days, the own hours and the registers of its workspace', () =>
  inWorkspace(async (weigh, db) => {
    const closed = {
      id: 'c',
      jurisdiction: 'CA',
      from: '2026-11-18',
      until: null,
      citation: 'a text',
      note: null,
    };
    const [aside, here] = await weigh(lawBook(shippedRules, [closed]));
    expect(aside).toEqual(here);
    expect(aside.ring).toHaveLength(10);

    const days = { wed: ['14:00-15:00'] };
    setOwnHours(db, [
      { id: 'own-hours-1', jurisdiction: 'US', days, by: 'Ada', reason: 'ours', on: '2026-11-18' },
    ]);
    const [withOwn] = await weigh(obeyedLaw(db, shipped()));
    expect(withOwn.heldBack).toMatchObject([{ rule: 'legal-hours', count: 10 }]);

    setOwnHours(db, []);
    const [live, liveHere] = await weigh(obeyedLaw(db, shipped(), 'live'));
    expect(live).toEqual(liveHere);
    expect(live.heldBack).toMatchObject([{ rule: 'register', count: 20 }]);
    setCompared(db, Object.fromEntries(registers().map((id) => [id, { at: NOW, by: 'Ada' }])));
    expect((await weigh(obeyedLaw(db, shipped(), 'live')))[0].ring).toHaveLength(20);
  }));

function registers(): string[] {
  return shippedRules.flatMap(({ id, kind }) => (kind === 'scrub-age' ? [id] : []));
}

test('a thread doubts the clocks where the main one does, and keeps the same shorter hours', () =>
  inWorkspace(async (weigh) => {
    expect((await weigh(shipped()))[0].ring).toHaveLength(20);
    goByZones(withOldClocks('2026g'), NOW);
    // In Vancouver data of 2025 say nine in the morning: the law opens then, and a doubted hour an hour later.
    const [aside, here] = await weigh(shipped());
    expect(aside).toEqual(here);
    expect(aside.heldBack).toMatchObject([{ rule: 'legal-hours', count: 10 }]);
    expect(aside.heldBack[0]?.sentence).toContain('out of date');
  }));

test('a register that nobody has read in yet refuses no rules, and rules that shut everybody out are told all the same', () =>
  inWorkspace(async (_, db) => {
    const law = obeyedLaw(db, shipped(), 'live');
    const withinSight = (windows: CampaignRules['windows']) => {
      const rules = { ...usualRules('America/New_York'), windows };
      const run = weighing(db, 1, NOW, { law, carrier: null, rules, asIfActive: true, farAhead: true });
      for (let step = run.next(); ; step = run.next()) if (step.done === true) return step.value;
    };
    expect(withinSight(usualRules('America/New_York').windows)).toMatchObject({ ring: [], withinSight: 20 });
    expect(withinSight([{ weekday: 1, from: 180, to: 240 }])).toMatchObject({ ring: [], withinSight: 0 });
    expect(withinSight([])).toMatchObject({ withinSight: 0 });
  }));
