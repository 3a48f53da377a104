import { type RefObject, useEffect, useRef, useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { type CallbackTime, callbackTime } from '../../../shared/domain/callback-words.ts';
import { whyNotAnswered } from '../../../shared/domain/form.ts';
import { consentMissing } from '../../../shared/domain/script.ts';
import { MINUTE_MS, instant } from '../../../shared/lib/instants.ts';
import type { Zone } from '../../../shared/lib/zoned-time.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useTell } from '../../data/message.ts';
import { useClock } from '../../data/now.ts';
import { useNow } from '../../ui/use-now.tsx';
import { type Disposition, suggestedOutcome } from './desk-face.ts';
import { CONFIRM_MS, type FormTrouble, meaningOf } from './digits.ts';
import { later } from './later.ts';
import { ownZone } from './times.ts';
import { type DraftInHand, saidIn } from './use-draft.ts';

/** Where a key may lead: to the notes, to the time of a callback, to what the outcome asks. */
type Place = 'note' | 'callback' | 'form';

export interface Outcome {
  readonly selected: Disposition | null;
  /** The call suggested it; nobody has chosen it. */
  readonly isSuggested: boolean;
  /** Pressed once, and waiting for the second press. */
  readonly armedId: string | null;
  /** Why an outcome cannot be chosen now, and why it cannot be filed. */
  readonly whyNotChoose: string | null;
  readonly whyNotFile: string | null;
  readonly zone: Zone;
  readonly callback: CallbackTime | null;
  /** Takes it in hand without filing. */
  readonly choose: (id: string) => void;
  /** Chooses it and files it, unless it needs something first. */
  readonly press: (id: string) => void;
  /** Files what is in hand. */
  readonly save: () => void;
  /** Files it and rings another number of the same contact. */
  readonly saveAndRingNext: () => void;
  readonly noteRef: RefObject<HTMLTextAreaElement | null>;
  readonly callbackRef: RefObject<HTMLInputElement | null>;
  readonly formRef: RefObject<HTMLInputElement | null>;
  readonly focus: (field: Place) => void;
  /** The field of the form that keeps it from being filed. */
  readonly formTrouble: FormTrouble | null;
}

/** The outcome in hand, and the only way to file it. */
export function useOutcome(desk: DeskView, draft: DraftInHand): Outcome {
  const client = useClient();
  const wish = useWish();
  const tell = useTell();
  const clock = useClock();
  const arming = useArming(draft.attemptId);
  const fields = useFields();
  const isFiling = useRef(false);
  const [formTrouble, setFormTrouble] = useState<(FormTrouble & { id: string }) | null>(null);
  const { words, attemptId } = draft;

  const suggestedId = suggestedOutcome(desk);
  const named = (id: string | null) => desk.dispositions.find((each) => each.id === id) ?? null;
  const selected = named(words.dispositionId ?? suggestedId);
  const zone = desk.contact?.zone ?? ownZone();
  const nowish = instant(useNow(MINUTE_MS / 4));
  const callback = selected?.asksForTime === true ? callbackTime(words.callback, nowish, zone) : null;
  const state = desk.session?.state.kind;
  const whyNotChoose = attemptId === null ? 'An outcome belongs to a call: dial first.' : null;
  const whyNotFile =
    state !== 'wrap-up'
      ? 'An outcome is filed once the call has ended.'
      : selected === null
        ? 'Choose an outcome first: press its digit.'
        : null;

  const choose = (id: string) => {
    if (whyNotChoose !== null) return tell(whyNotChoose);
    arming.disarm(id);
    draft.edit({ dispositionId: id });
    const kind = named(id);
    if (kind?.asksForTime === true) fields.focus('callback');
    else if (kind !== null && kind.form.length > 0) fields.focus('form');
  };

  const file = async (
    disposition: Disposition,
    callbackAt: CallbackTime | null,
    ringsNextNumber: boolean,
  ) => {
    if (attemptId === null || isFiling.current) return;
    isFiling.current = true;
    draft.close();
    const at = callbackAt?.kind === 'at' ? callbackAt.at : null;
    const asking = client.desk.file({
      attemptId,
      ...saidIn(words),
      dispositionId: disposition.id,
      callbackAt: at,
      ringsNextNumber,
    });
    void wish(asking);
    const answer = await asking;
    isFiling.current = false;
    if (!answer.ok) draft.reopen();
  };

  const fileOrAsk = (disposition: Disposition, ringsNextNumber = false) => {
    // The moment itself counts, not the last tick: "2h" means two hours from this key.
    const time = disposition.asksForTime ? callbackTime(words.callback, clock.now(), zone) : null;
    const isArmed = arming.armedId === disposition.id;
    const meaning = meaningOf(disposition, {
      note: words.note,
      hasTime: time?.kind === 'at',
      isArmed,
      formTrouble: whyNotAnswered(disposition.form, words.answers),
      consentMissing: consentMissing(desk.script, words.ticked)?.title ?? null,
    });
    setFormTrouble(meaning.kind === 'ask-form' ? { id: disposition.id, ...meaning.trouble } : null);
    switch (meaning.kind) {
      case 'ask-time':
        fields.focus('callback');
        return tell(time?.kind === 'unclear' ? time.sentence : 'Say when to call back.');
      case 'ask-note':
        fields.focus('note');
        return tell(`“${disposition.label}” needs a note. Say why.`);
      case 'ask-form':
        fields.focus('form');
        return tell(meaning.trouble.sentence);
      case 'ask-consent':
        return tell(
          `“${disposition.label}” counts once they agree to “${meaning.title}”. Press C if they have.`,
        );
      case 'arm':
        arming.arm(disposition.id);
        return tell(
          `Press ${disposition.digit || 'Enter'} once more: ${disposition.label} ${disposition.does}.`,
        );
      case 'file':
        void file(disposition, time, ringsNextNumber);
    }
  };

  const press = (id: string) => {
    const disposition = named(id);
    if (disposition === null) return;
    if (words.dispositionId !== id) draft.edit({ dispositionId: id });
    fileOrAsk(disposition);
  };
  const save = (ringsNextNumber = false) => {
    if (whyNotFile !== null) return tell(whyNotFile);
    if (selected !== null) fileOrAsk(selected, ringsNextNumber);
  };

  const isSuggested = words.dispositionId === null && selected !== null;
  const { armedId } = arming;
  return {
    selected,
    isSuggested,
    armedId,
    whyNotChoose,
    whyNotFile,
    zone,
    callback,
    choose,
    press,
    save: () => save(),
    saveAndRingNext: () => save(true),
    ...fields,
    formTrouble: formTrouble?.id === selected?.id ? formTrouble : null,
  };
}

/** The first of two presses. It is forgotten after four seconds, and as soon as another outcome is chosen. */
function useArming(attemptId: string | null) {
  const [armed, setArmed] = useState<{ id: string; attemptId: string | null } | null>(null);
  useEffect(() => (armed === null ? undefined : later(() => setArmed(null), CONFIRM_MS)), [armed]);
  return {
    armedId: armed?.attemptId === attemptId ? (armed?.id ?? null) : null,
    arm: (id: string) => setArmed({ id, attemptId }),
    disarm: (unless: string) => setArmed((was) => (was?.id === unless ? was : null)),
  };
}

/** The fields a key may lead to. Each may only come on screen because of that very key. */
function useFields() {
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const callbackRef = useRef<HTMLInputElement>(null);
  const formRef = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<{ field: Place } | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const places = { note: noteRef, callback: callbackRef, form: formRef };
    places[wanted.field].current?.focus();
  }, [wanted]);
  return { noteRef, callbackRef, formRef, focus: (field: Place) => setWanted({ field }) };
}
