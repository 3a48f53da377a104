import { afterEach, expect, test } from 'vitest';
import { SECOND_MS, instant } from '../../shared/lib/instants.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import type { Person } from '../../shared/domain/people.ts';
import { latestCalls } from '../store/calls.ts';
import { addContact, markNumberUnusable } from '../store/contacts.ts';
import { type TestHouse, aHouse } from './testing-house.ts';

/** A Friday, 12:30 in New York. */
const NOON = instant(Date.UTC(2026, 10, 20, 17, 30));
const PHONE = '+16175550199' as E164;

let here: TestHouse;
afterEach(() => here.end());

/** Practice with a supervisor at the screen, in preview, and a number that was noted as not in use. */
async function atTheDesk(): Promise<Person> {
  here = await aHouse(NOON);
  const number = { e164: PHONE, kind: 'mobile' as const, zones: ['America/New_York'], isStarred: true };
  const facts = { company: '', title: '', place: '', email: '', fields: {}, createdAt: instant(0) };
  addContact(here.db, { ...facts, listId: null, name: 'Omar Kim', numbers: [number] });
  markNumberUnusable(here.db, PHONE, 'wrong number');
  const [campaign] = await here.get<{ id: number }[]>('campaigns.list');
  await here.get('desk.start', { campaignId: campaign!.id, mode: 'preview' });
  const [ann] = await here.get<Person[]>('people.list');
  return ann!;
}

const dial = (supervisorId: number, pin: string) => ({
  text: PHONE,
  override: { supervisorId, pin, reason: 'They moved back in.' },
});

test('the dial box says what a supervisor could set aside, and their PIN lets the one call through', async () => {
  const ann = await atTheDesk();
  expect(await here.get('desk.weigh', { text: PHONE })).toMatchObject({
    mayRing: false,
    override: {
      isPossible: true,
      sentence: expect.stringMatching(/past our note that the number is not in use/) as string,
    },
  });
  expect(await here.no('desk.dialNumber', dial(ann.id, '1234'))).toMatch(/^not-allowed.*no PIN/);
  await here.get('people.setPin', { id: ann.id, pin: '4711' });
  expect(await here.no('desk.dialNumber', dial(ann.id, '1234'))).toMatch(/not the PIN/);
  await here.get('desk.dialNumber', dial(ann.id, '4711'));
  await here.clock.advance(SECOND_MS);
  const trail = await here.get<{ action: string; who: string; after: unknown }[]>('people.audit', {
    before: null,
  });
  expect(trail.find(({ action }) => action === 'call.override')).toMatchObject({ who: ann.name });
  expect(JSON.stringify(trail)).not.toContain('4711');
  const { id } = latestCalls(here.db, { limit: 1 }).rows[0]!.call;
  expect(await here.get('calls.sheet', { id })).toMatchObject({
    decision: { manner: `manual, sales, agent; let through by ${ann.name}: They moved back in` },
  });
});

test('an agent’s PIN is no supervisor’s, and a reason of a few letters is none', async () => {
  const ann = await atTheDesk();
  const ben = await here.get<Person>('people.add', { name: 'Ben', role: 'agent' });
  expect(await here.no('desk.dialNumber', dial(ben.id, '1234'))).toMatch(/Only a supervisor/);
  const short = { ...dial(ann.id, '1234'), override: { supervisorId: ann.id, pin: '1234', reason: 'so' } };
  expect(await here.no('desk.dialNumber', short)).toMatch(/bad-arguments/);
});
