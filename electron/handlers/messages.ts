import type { ParleyHandlers } from '../../shared/contract/contract.ts';
import type { MessageRow } from '../../shared/contract/messages.ts';
import { RECORDINGS_PATH } from '../../shared/contract/recordings.ts';
import { peakDb } from '../../shared/domain/message.ts';
import { campaignsOf } from '../store/campaigns.ts';
import { type Message, messageById, messagesOf, renameMessage } from '../store/messages.ts';
import type { ReadDb } from '../store/open.ts';
import { audited } from './audited.ts';
import { refuse } from './refusals.ts';
import type { Rooms } from './rooms.ts';
import { ok, sayChanged, within } from './within.ts';

/** Sounds that are left on machines, or played by campaigns: sent, named, heard, and taken away. */
export function messagesHandlers(rooms: Rooms): ParleyHandlers<unknown>['messages'] {
  const changed = () => sayChanged(rooms, 'messages');
  return {
    list: () => within(rooms, ({ db }) => ok(messagesOf(db).map((each) => messageRow(db, each)))),
    send: ({ to, part }) =>
      within(rooms, ({ messages }) => {
        const taken = messages.take(to, Buffer.from(part, 'base64'));
        return taken.ok ? ok({ to: taken.value }) : refuse('bad-arguments', taken.error);
      }),
    keep: ({ to, name }) =>
      within(rooms, ({ db, messages }) => {
        const kept = messages.keep(to, name, rooms.seat.person?.id ?? null);
        if (!kept.ok) return refuse('bad-arguments', kept.error);
        const { id, durationMs } = kept.value;
        const change = { action: 'message.kept', subject: 'message', subjectId: String(id) };
        audited(rooms, { ...change, before: null, after: { name, durationMs } }, () => {});
        changed();
        return ok(messageRow(db, kept.value));
      }),
    rename: ({ id, name }) =>
      within(rooms, ({ db }) => {
        const before = messageById(db, id);
        if (before === null) return gone;
        const change = { action: 'message.renamed', subject: 'message', subjectId: String(id) };
        audited(rooms, { ...change, before: { name: before.name }, after: { name } }, () =>
          renameMessage(db, id, name),
        );
        changed();
        return ok(messageRow(db, { ...before, name }));
      }),
    remove: ({ id }) =>
      within(rooms, ({ db, messages }) => {
        const message = messageById(db, id);
        if (message === null) return gone;
        const [first, ...others] = campaignsWith(db, id);
        if (first !== undefined)
          return refuse(
            'conflict',
            `“${message.name}” is used by “${first}”${others.length === 0 ? '' : ` and ${others.length} more`}. Choose another message there first.`,
          );
        const change = { action: 'message.removed', subject: 'message', subjectId: String(id) };
        audited(rooms, { ...change, before: { name: message.name }, after: null }, () => messages.remove(id));
        changed();
        return ok(null);
      }),
  };
}

const gone = refuse('not-found', 'This message is gone: somebody took it away.');

function messageRow(db: ReadDb, { peak, sha256, madeBy, ...message }: Message): MessageRow {
  return {
    ...message,
    madeBy: madeBy ?? 'Parley',
    url: `${RECORDINGS_PATH}messages/${message.id}?v=${sha256.slice(0, 12)}`,
    peakDb: peakDb(peak) ?? -96,
    campaigns: campaignsWith(db, message.id),
  };
}

function campaignsWith(db: ReadDb, id: number): string[] {
  return campaignsOf(db)
    .filter(({ rules }) => rules.playMessageId === id || rules.dropMessageId === id)
    .map(({ name }) => name);
}
