import { useEffect, useId, useState } from 'react';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { useTell } from '../../data/message.ts';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { CONTROL } from '../../ui/styles.ts';
import { ownZone, stampIn } from './times.ts';
import type { DraftInHand } from './use-draft.ts';
import type { Outcome } from './use-outcome.ts';

const NOTE_MAX = 20_000;

/** The note of the call. It is on disk while it is being typed, and the stamp says since when. */
export function NotesBox({ draft, outcome }: { draft: DraftInHand; outcome: Outcome }) {
  const id = useId();
  const [isFocused, setFocused] = useState(false);
  const { words, attemptId } = draft;
  const { noteRef } = outcome;
  useKeys(
    'text',
    [{ id: 'notes.leave', keys: 'esc', title: 'Leave the notes', run: () => noteRef.current?.blur() }],
    {
      enabled: isFocused,
    },
  );
  // Once the call is filed the next Enter belongs to the next contact, and not to a field nobody can type in.
  useEffect(() => {
    if (attemptId === null) noteRef.current?.blur();
  }, [attemptId, noteRef]);
  const leave = () => {
    setFocused(false);
    draft.flush();
  };
  return (
    <div className="flex min-h-24 flex-1 flex-col gap-1 border-t px-3 pt-2">
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="text-sm font-semibold text-muted">
          Notes
        </label>
        {isFocused ? <LeaveHint /> : <Kbd keys="n" />}
        <SavedStamp draft={draft} />
      </div>
      <textarea
        id={id}
        ref={noteRef}
        rows={4}
        maxLength={NOTE_MAX}
        readOnly={attemptId === null}
        placeholder={attemptId === null ? 'A note belongs to a call: dial first.' : ''}
        value={words.note}
        onChange={(event) => draft.edit({ note: event.target.value })}
        onFocus={() => setFocused(true)}
        onBlur={leave}
        className={cn(
          CONTROL,
          'h-auto max-h-64 min-h-12 flex-1 resize-none py-1.5 leading-snug',
          attemptId === null && 'bg-sunken',
        )}
      />
    </div>
  );
}

function LeaveHint() {
  return (
    <span className="flex items-center gap-1 text-sm text-muted">
      <Kbd keys="mod+enter" spoken /> saves
      <Kbd keys="esc" spoken className="ml-1" /> leaves
    </span>
  );
}

function SavedStamp({ draft: { trouble, savedAt } }: { draft: DraftInHand }) {
  const tell = useTell();
  useEffect(() => {
    if (trouble !== null) tell(`Your note is not saved yet: ${trouble} It is tried again by itself.`);
  }, [trouble, tell]);
  if (trouble !== null) {
    return (
      <span title={trouble} className="ml-auto truncate text-sm font-medium text-danger-text">
        Not saved yet, trying again
      </span>
    );
  }
  if (savedAt === null) return null;
  return (
    <span className="ml-auto text-sm whitespace-nowrap text-muted">saved {stampIn(savedAt, ownZone())}</span>
  );
}
