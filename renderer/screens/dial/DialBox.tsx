import { Phone } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { putInDialBox, useHandedOver } from '../../data/dial-box.ts';
import { useTell } from '../../data/message.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { later } from './later.ts';
import { OverrideButton } from './OverrideButton.tsx';

/** Long enough for a number, and what the wire takes. */
const TEXT_MAX = 64;
const WEIGH_AFTER_MS = 120;

interface Weighed {
  readonly text: string;
  readonly mayRing: boolean;
  readonly sentence: string;
  readonly name: string | null;
  readonly override: { readonly isPossible: boolean; readonly sentence: string } | null;
}

interface DialBoxProps {
  desk: DeskView;
  onDialed?: (() => void) | undefined;
}

/** A number typed by hand. It is weighed while it is typed, under the same rules as every other; only `Enter` dials. */
export function DialBox({ desk, onDialed }: DialBoxProps) {
  const { desk: asks } = useClient();
  const wish = useWish();
  const tell = useTell();
  const [text, setText] = useState('');
  const handed = useHandedOver();
  const [taken, setTaken] = useState(0);
  if (handed.text !== '' && handed.nth !== taken) {
    setTaken(handed.nth);
    setText(handed.text);
  }
  useEffect(() => {
    if (handed.text !== '') putInDialBox('');
  }, [handed]);
  const weighed = useWeighed(text.trim());
  const whyNot = whyNotDial(desk, text.trim(), weighed);

  const dialed = () => {
    setText('');
    onDialed?.();
  };
  const dial = async () => {
    if (whyNot !== null) return tell(whyNot);
    const asking = asks.dialNumber({ text: text.trim() });
    void wish(asking);
    const answer = await asking;
    if (answer.ok) dialed();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void dial();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <TextField
        label="Number"
        hideLabel
        type="tel"
        autoComplete="off"
        placeholder="+1 503 555 0100"
        maxLength={TEXT_MAX}
        lead={<Phone aria-hidden />}
        value={text}
        onChange={setText}
        description={<span aria-live="polite">{sentenceFor(text.trim(), weighed)}</span>}
      />
      {/* No submit button: a resting one would swallow Enter without a word. */}
      <Button shortcut="enter" disabledReason={whyNot} className="self-start" onClick={() => void dial()}>
        Dial
      </Button>
      {weighed?.override?.isPossible === true && isBetweenCalls(desk) && (
        <OverrideButton text={text.trim()} sentence={weighed.override.sentence} onDialed={dialed} />
      )}
    </form>
  );
}

function isBetweenCalls({ session }: DeskView): boolean {
  return session?.state.kind === 'ready' || session?.state.kind === 'previewing';
}

function sentenceFor(text: string, weighed: Weighed | null): string {
  if (text === '') return 'Type or paste a number. It is weighed before it can be dialed.';
  if (weighed === null) return 'Weighing it…';
  const said = weighed.name === null ? weighed.sentence : `${weighed.name}. ${weighed.sentence}`;
  return weighed.override === null ? said : `${said} ${weighed.override.sentence}`;
}

function whyNotDial({ session }: DeskView, text: string, weighed: Weighed | null): string | null {
  if (session === null) return 'Start a session first: calls belong to one.';
  if (session.state.kind === 'paused') return 'You are paused. Resume first, then dial.';
  if (session.state.kind !== 'ready' && session.state.kind !== 'previewing')
    return 'Finish this call first; then dial.';
  if (text === '') return 'Type a number first.';
  if (weighed === null) return 'The number is being weighed.';
  return weighed.mayRing ? null : weighed.sentence;
}

/** The verdict on what is typed now. An answer to older text is thrown away. */
function useWeighed(text: string): Weighed | null {
  const { desk } = useClient();
  const [weighed, setWeighed] = useState<Weighed | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    let isStale = false;
    const weigh = async () => {
      const answer = await desk.weigh({ text });
      if (isStale) return;
      const verdict = answer.ok
        ? answer.value
        : { mayRing: false, sentence: answer.error.sentence, name: null, override: null };
      setWeighed({ ...verdict, text });
    };
    const stop = later(() => void weigh(), WEIGH_AFTER_MS);
    return () => {
      isStale = true;
      stop();
    };
  }, [text, desk]);
  return weighed?.text === text ? weighed : null;
}
