import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assert } from '../../shared/lib/assert.ts';
import type { E164 } from '../../shared/domain/phone.ts';
import { simulatedClock } from '../../shared/lib/simulated-clock.ts';
import { insertIntent, markAttempt } from '../store/attempts.ts';
import { auditPage } from '../store/audit.ts';
import { addCallback } from '../store/callbacks.ts';
import { insertCall, saveTranscript } from '../store/calls.ts';
import { mergeContacts } from '../store/contact-merge.ts';
import { placesWith } from '../store/contact-erase.ts';
import { changeContact } from '../store/contact-edits.ts';
import { doNotCallFor } from '../store/do-not-call.ts';
import { saveDraft } from '../store/drafts.ts';
import { type Db, closeStore, withTransaction } from '../store/open.ts';
import { fileOutcome } from '../store/outcomes.ts';
import { keepRecording, wantRecording } from '../store/recordings.ts';
import { NOON, aCampaign, aContact, anAgent, anAttempt, anEnrolment, aStore } from '../store/testing.ts';
import { eraseContact } from './erase.ts';

/* A name that stands nowhere else, so that finding it anywhere in the file would be finding her. */

const NAME = 'Wilhelmina Quackenbush';
const WORDS = ['Wilhelmina', 'Quackenbush', 'quackenbush', 'Zwiebelkuchen', '5550187'];
const HERE = ['callbacks.note', 'contacts.name', 'merges.story', 'transcript_segments.text'];
const NUMBER = '+12125550187' as E164;

let folder: string;
let db: Db;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-erase-'));
  db = aStore(join(folder, 'parley.db'));
});
afterEach(() => {
  closeStore(db);
  rmSync(folder, { recursive: true, force: true });
});

const parts = (isBusy = false) => ({
  db,
  clock: simulatedClock(NOON),
  folder,
  tell() {},
  results: { forget() {} },
  isBusy: () => isBusy,
});

/** Somebody who was called, spoke, was written about, promised and corrected. */
function somebodyKnown(): number {
  const campaignId = aCampaign(db);
  const agentId = anAgent(db);
  const id = aContact(db, {
    name: NAME,
    company: 'Zwiebelkuchen & Co',
    email: 'w@quackenbush.example',
    fields: { Likes: 'Zwiebelkuchen' },
    numbers: [{ e164: NUMBER, kind: 'mobile', zones: [], isStarred: true }],
  });
  const twin = aContact(db, { name: NAME, company: 'Zwiebelkuchen', numbers: [] });
  expect(mergeContacts(db, id, twin, NOON)).toMatchObject({ ok: true });
  anEnrolment(db, { campaignId, contactId: id } as never);
  changeContact(db, id, { place: 'Zwiebelkuchen Lane' });
  changeContact(db, id, { place: 'Boston, MA' });
  const attempt = {
    ...anAttempt({ contactId: id, campaignId, agentId } as never),
    contactId: id,
    toE164: NUMBER,
  };
  withTransaction(db, () => insertIntent(db, attempt, { kind: 'ring' }));
  const callId = insertCall(db, { attempt, carrier: 'simulator', callRef: 'c1', startedAt: NOON });
  saveTranscript(db, callId, [
    { speaker: 'contact', fromMs: 0, toMs: 900, text: 'I am Wilhelmina and I like Zwiebelkuchen' },
  ]);
  saveDraft(db, {
    attemptId: attempt.id,
    note: 'Quackenbush again',
    dispositionId: null,
    callback: '',
    savedAt: NOON,
  });
  wantRecording(db, callId, NOON);
  writeFileSync(join(folder, 'sound.wav'), 'Wilhelmina speaks');
  keepRecording(db, callId, {
    file: 'sound.wav',
    mime: 'audio/wav',
    bytes: 17,
    sha256: 'x',
    fetchedAt: NOON,
  });
  addCallback(db, {
    contactId: id,
    numberId: null,
    campaignId,
    agentId,
    dueAt: NOON,
    note: 'ring Wilhelmina at five',
    madeByAttempt: attempt.id,
    createdAt: NOON,
  });
  fileOutcome(db, {
    attemptId: attempt.id,
    contactId: id,
    campaignId,
    agentId,
    dispositionId: 'callback',
    note: 'Quackenbush prefers Zwiebelkuchen',
    callbackAt: null,
    filedAt: NOON,
  });
  markAttempt(db, attempt.id, 'intended', 'sent', { at: NOON });
  return id;
}

function settle(id: number): void {
  db.$client.prepare("UPDATE attempts SET state = 'resolved', closed_at = 1 WHERE contact_id = ?").run(id);
}

test('nothing of an erased person is left in the file, but that their number is never rung again', async () => {
  const id = somebodyKnown();
  settle(id);
  expect(placesWith(db, 'Wilhelmina').sort()).toEqual(HERE);
  const answer = await eraseContact(parts(), id, null);
  assert(answer.ok, 'erased');
  expect(answer.value.sentence).toContain('Their number is never called again.');
  expect(answer.value.sentence).toContain('Backups');
  for (const word of WORDS.slice(0, 4)) expect(placesWith(db, word), word).toEqual([]);
  expect(placesWith(db, '5550187')).toEqual(['do_not_call.value']);
  expect(doNotCallFor(db, { e164: NUMBER })?.reason).toBe('erased at their own wish');
  expect(readdirSync(folder)).not.toContain('sound.wav');
  const [line] = auditPage(db, 1).rows;
  expect(line).toMatchObject({ action: 'contact.erased', subjectId: null, before: null });
  closeStore(db);
  const bytes = readdirSync(folder)
    .filter((file) => file.startsWith('parley.db'))
    .map((file) => readFileSync(join(folder, file)).toString('latin1'))
    .join('');
  for (const word of [
    'Wilhelmina',
    'wilhelmina',
    'Quackenbush',
    'quackenbush',
    'Zwiebelkuchen',
    'zwiebelkuchen',
  ])
    expect(bytes.includes(word), word).toBe(false);
});

test('while a call of theirs is open nobody is erased, and it says why', async () => {
  const id = somebodyKnown();
  const answer = await eraseContact(parts(), id, null);
  expect(answer).toMatchObject({ ok: false, error: { code: 'not-now' } });
  expect(placesWith(db, 'Wilhelmina').sort()).toEqual(HERE);
});

test('while somebody works the file is not rewritten, and says when it will be', async () => {
  const id = somebodyKnown();
  settle(id);
  const answer = await eraseContact(parts(true), id, null);
  assert(answer.ok, 'erased');
  expect(answer.value.sentence).toContain('when Parley starts the next time');
  expect(placesWith(db, 'Quackenbush')).toEqual([]);
});
