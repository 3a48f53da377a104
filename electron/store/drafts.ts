import { eq } from 'drizzle-orm';
import type { FormAnswers } from '../../shared/domain/form.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Db, type ReadDb, prepared, writing } from './open.ts';
import { drafts } from './schema/calls.ts';
import { inserting, slot } from './statements.ts';

/** What an agent has typed about an attempt and not filed yet (law 6). */
export interface Draft {
  readonly attemptId: string;
  readonly note: string;
  readonly dispositionId: string | null;
  /** The words for a callback time, as typed. */
  readonly callback: string;
  readonly anyoneMayCall: boolean;
  readonly answers: FormAnswers;
  /** The steps of the script whose words they agreed to. */
  readonly ticked: readonly string[];
  readonly savedAt: Instant;
}

/** What is left out was not said. */
export type NewDraft = Omit<Draft, 'anyoneMayCall' | 'answers' | 'ticked'> & {
  readonly anyoneMayCall?: boolean | undefined;
  readonly answers?: FormAnswers | undefined;
  readonly ticked?: readonly string[] | undefined;
};

/** On disk when this returns. The last words win. */
export function saveDraft(db: Db, draft: NewDraft): void {
  const { callback, anyoneMayCall = false, answers = {}, ticked = [], ...rest } = draft;
  put(db, { ...rest, callbackText: callback, anyoneMayCall, answers, ticked });
}

const put = inserting(
  drafts,
  `ON CONFLICT (attempt_id) DO UPDATE SET note = excluded.note, disposition_id = excluded.disposition_id,
    callback_text = excluded.callback_text, anyone_may_call = excluded.anyone_may_call,
    answers = excluded.answers, ticked = excluded.ticked, saved_at = excluded.saved_at`,
);

export function draftFor(db: ReadDb, attemptId: string): Draft | null {
  return one(db).get({ attemptId }) ?? null;
}

const one = prepared((db: ReadDb) =>
  db
    .select({
      attemptId: drafts.attemptId,
      note: drafts.note,
      dispositionId: drafts.dispositionId,
      callback: drafts.callbackText,
      anyoneMayCall: drafts.anyoneMayCall,
      answers: drafts.answers,
      ticked: drafts.ticked,
      savedAt: drafts.savedAt,
    })
    .from(drafts)
    .where(eq(drafts.attemptId, slot('attemptId')))
    .prepare(),
);

/** Once it is filed. */
export function dropDraft(db: Db, attemptId: string): void {
  drop(db).run(attemptId);
}

const drop = writing('DELETE FROM drafts WHERE attempt_id = +?');
