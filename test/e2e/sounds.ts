import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { recordingOf } from '../../electron/carriers/simulator/sound.ts';
import { keepPeaks, lookAtSound } from '../../electron/recordings/look-at-sound.ts';

/** What is said in the sound, turn by turn, each for two seconds and a half. */
const SAID = [
  ['agent', 'Good day, this is Globex.'],
  ['contact', 'What about the refund policy?'],
  ['agent', 'You have thirty days, and we pay for the way back.'],
  ['contact', 'Then I take two of them.'],
  ['agent', 'They leave today.'],
  ['contact', 'Thank you.'],
  ['agent', 'Good bye.'],
  ['contact', 'Bye.'],
] as const;

export const SOUND_SECONDS = 20;

/** Gives the first of the seeded calls a sound of the simulator’s, with the words that are heard in it. */
export function seedSound(dataDir: string): void {
  const folder = join(dataDir, 'workspaces/practice');
  const db = new Database(join(folder, 'parley.db'));
  db.pragma('busy_timeout = 10000');
  const callId = db
    .prepare("SELECT min(id) FROM calls WHERE call_ref LIKE 'seeded-%'")
    .pluck()
    .get() as number;
  const said = SAID.map(([speaker, text], nth) => ({
    speaker,
    text,
    fromMs: nth * 2_500,
    toMs: nth * 2_500 + 2_200,
  }));
  const wav = recordingOf({ callRef: 'seeded', talkMs: SOUND_SECONDS * 1_000, said, beepMs: null });
  mkdirSync(join(folder, 'recordings'), { recursive: true });
  const file = join(folder, 'recordings', `${callId}.wav`);
  writeFileSync(file, wav);
  const looked = lookAtSound(file);
  if (!looked.ok) throw new Error(looked.error);
  keepPeaks(join(folder, 'recordings', `${callId}.peaks`), looked.value);
  const { mime, bytes, sha256, durationMs, channels } = looked.value;
  db.transaction(() => {
    db.prepare('DELETE FROM transcript_segments WHERE call_id = ?').run(callId);
    const line = db.prepare(
      'INSERT INTO transcript_segments (call_id, speaker, from_ms, to_ms, text) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { speaker, fromMs, toMs, text } of said) line.run(callId, speaker, fromMs, toMs, text);
    db.prepare(
      `INSERT INTO recordings (call_id, state, file, mime, bytes, sha256, tries, fetched_at, duration_ms, channels)
       VALUES (?, 'kept', ?, ?, ?, ?, 0, 1, ?, ?)`,
    ).run(callId, `recordings/${callId}.wav`, mime, bytes, sha256, durationMs, channels);
  })();
  db.close();
}
