import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { useTell } from '../../data/message.ts';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { CONTROL } from '../../ui/styles.ts';
import { USUAL_SNIPPETS, expanded, offered } from './snippets.ts';
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
  const tell = useTell();
  const [caret, setCaret] = useState(0);
  const names = isFocused ? offered(words.note, caret, USUAL_SNIPPETS) : [];
  /** `Tab` puts the words in place of the name. Anywhere else it leaves the notes, as it does everywhere. */
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Tab' || event.shiftKey) return;
    const box = event.currentTarget;
    const put = expanded(box.value, box.selectionStart, USUAL_SNIPPETS);
    if (put === null) return;
    event.preventDefault();
    draft.edit({ note: put.text });
    setCaret(put.caret);
    requestAnimationFrame(() => box.setSelectionRange(put.caret, put.caret));
  };
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
        onChange={(event) => {
          draft.edit({ note: event.target.value });
          setCaret(event.target.selectionStart);
        }}
        onPaste={(event) => tooMuch(event, words.note, tell)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={leave}
        className={cn(
          CONTROL,
          'h-auto max-h-64 min-h-12 flex-1 resize-none py-1.5 leading-snug',
          attemptId === null && 'bg-sunken',
        )}
      />
      {names.length > 0 && (
        <p className="truncate text-sm text-muted">
          <Kbd keys="tab" /> {names.map(({ name, text }) => `;${name} ${text}`).join('  ·  ')}
        </p>
      )}
    </div>
  );
}

/** A paste that would not fit is refused whole: half a text in the notes looks like all of it. */
function tooMuch(event: ClipboardEvent, note: string, tell: (sentence: string) => void) {
  const pasted = event.clipboardData.getData('text');
  if (note.length + pasted.length <= NOTE_MAX) return;
  event.preventDefault();
  const [has, max] = [pasted.length, NOTE_MAX].map((count) => count.toLocaleString('en'));
  tell(`What you pasted has ${has} characters, and a note holds ${max}. Nothing of it was put in.`);
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
