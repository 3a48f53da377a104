import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import { type PlayerSheet, RECORDINGS_PATH } from '../../shared/contract/recordings.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { type Person, mayDo } from '../../shared/domain/people.ts';
import { localTime } from '../../shared/lib/zoned-time.ts';
import { idsIn } from '../contacts/bulk.ts';
import type { Kernel } from '../kernel.ts';
import type { ServedSound } from '../recordings/recordings.ts';
import { appendAudit } from '../store/audit.ts';
import { callRows } from '../store/call-rows.ts';
import { addComment, commentById, commentsOf, removeComment } from '../store/recording-comments.ts';
import { recordingOf } from '../store/recordings.ts';
import { exportRow } from './contacts-export.ts';
import { keepingHandlers } from './recordings-keeping.ts';
import { recordingInWords } from './recording-words.ts';
import { letGo, refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

/** The sound of a call: heard, talked about, fetched again, deleted, handed out. */
export function recordingsHandlers(rooms: Rooms): ParleyHandlers<unknown>['recordings'] {
  const player = (kernel: Kernel, callId: number) => playerOf(kernel, callId, rooms.seat.person);
  return {
    player: ({ callId }) => within(rooms, (kernel) => player(kernel, callId)),
    retry: ({ callId }) =>
      within(rooms, (kernel) => {
        if (!kernel.recordings.retry(callId))
          return refuse('conflict', 'This recording is not one that could not be fetched.');
        return player(kernel, callId);
      }),
    comment: ({ callId, atMs, text }) =>
      within(rooms, (kernel) => {
        if (callRows(kernel.db, [callId])[0] == null) return gone;
        const agentId = rooms.seat.person?.id ?? null;
        addComment(kernel.db, { callId, atMs, text, agentId, writtenAt: kernel.clock.now() });
        sayChanged(rooms, 'recordings', [callId]);
        return player(kernel, callId);
      }),
    removeComment: ({ id }) =>
      within(rooms, (kernel) => {
        const comment = commentById(kernel.db, id);
        if (comment === null) return refuse('not-found', 'This comment is gone already.');
        if (!isTheirs(comment.agentId, rooms.seat.person))
          return refuse('not-allowed', 'Only who wrote a comment, or a supervisor, may take it away.');
        removeComment(kernel.db, id);
        sayChanged(rooms, 'recordings', [comment.callId]);
        return player(kernel, comment.callId);
      }),
    remove: ({ callId, why }) =>
      within(rooms, (kernel) => {
        if (!kernel.recordings.remove(callId, why, rooms.seat.person?.id ?? null))
          return refuse('conflict', 'There is no recording of this call here to delete.');
        return player(kernel, callId);
      }),
    export: ({ target }) =>
      within(rooms, (kernel) => {
        const { db, calls, contacts, clock, home } = kernel;
        const result = calls.results.get(target.resultId);
        if (result === null) return letGo;
        const ids = idsIn(result.ids, target.ranges);
        const now = clock.now();
        const begun = contacts.exports.begin('recordings', ids, 'zip', localTime(now, home.zone).date);
        if (!begun.ok) return refuse('not-now', begun.error);
        const line = { at: now, agentId: rooms.seat.person?.id ?? null, action: 'recordings.exported' };
        const after = { calls: ids.length };
        appendAudit(db, { ...line, subject: 'calls', subjectId: null, before: null, after });
        return ok(exportRow(begun.value));
      }),
    ...keepingHandlers(rooms),
  };
}

const gone = refuse('not-found', 'This call is gone: its contact was erased.');

function isTheirs(agentId: number | null, person: Person | null): boolean {
  return mayDo(person, 'supervisor') || (person !== null && agentId === person.id);
}

function playerOf({ db, recordings }: Kernel, callId: number, person: Person | null): Answer<PlayerSheet> {
  // Looked for first: a file that is gone is fetched anew, and the row then says so.
  const sound = recordings.soundOf(callId);
  const [row] = callRows(db, [callId]);
  if (row == null) return gone;
  const kept = recordingOf(db, callId);
  const peaks = sound === null ? null : recordings.peaksOf(callId);
  return ok({
    face: row.recording,
    sentence: recordingInWords(row.recording, kept),
    url: sound === null ? null : `${RECORDINGS_PATH}${callId}?v=${sound.tag.slice(0, 12)}`,
    mime: sound?.mime ?? null,
    bytes: sound?.bytes ?? null,
    sha256: sound?.tag ?? null,
    durationMs: sound === null ? null : (peaks?.durationMs ?? kept?.durationMs ?? null),
    peaks: peaks === null ? null : peaks.channels.map((channel) => [...channel]),
    comments: commentsOf(db, callId).map(({ callId: _call, agentId, ...comment }) => ({
      ...comment,
      isMine: isTheirs(agentId, person),
    })),
  });
}

/** The sound behind an address of ours, for whoever may hear it now; null for everything else. */
export function soundAt({ seat }: Rooms, path: string): ServedSound | null {
  const { kernel, person, isLocked } = seat;
  const [, of, digits] = /^\/recordings\/(messages\/)?(\d{1,15})$/.exec(path) ?? [];
  if (kernel === null || person === null || isLocked || digits === undefined) return null;
  const id = Number(digits);
  return of === undefined ? kernel.recordings.soundOf(id) : kernel.messages.soundOf(id);
}
