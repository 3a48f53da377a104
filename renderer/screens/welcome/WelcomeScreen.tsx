import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Headphones, Sparkles, Users } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useClient } from '../../data/client.tsx';
import { HELLO } from '../../data/hello.ts';
import { Door } from '../../frame/Door.tsx';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { arrowTo } from './arrows.ts';

const CHOICES = [
  {
    as: 'agent',
    title: 'I dial',
    sentence: 'Makes an empty workspace for your own calls. Lists and a carrier come next.',
    icon: Headphones,
  },
  {
    as: 'supervisor',
    title: 'I supervise',
    sentence: 'Makes an empty workspace for a team: people, campaigns, rules.',
    icon: Users,
  },
  {
    as: 'show-me',
    title: 'Just show me',
    sentence: 'A practice session with 25 invented people. Nobody is called. It takes a minute.',
    icon: Sparkles,
  },
] as const;

type Choice = (typeof CHOICES)[number]['as'];

/** First run: one question, three answers, no account. */
export function WelcomeScreen() {
  const [name, setName] = useState('');
  const { begin, busy, refusal } = useBegin(name);
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  useKeys(
    'screen',
    CHOICES.map(({ as, title }, index) => ({
      id: `welcome.${as}`,
      keys: String(index + 1),
      title,
      run: () => void begin(as),
      whyNot: busy === null ? null : 'Your workspace is being made.',
    })),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const at = buttons.current.indexOf(document.activeElement as HTMLButtonElement);
    const next = arrowTo(event.key, at, CHOICES.length);
    if (next === null) return;
    event.preventDefault();
    buttons.current[next]?.focus();
  };
  return (
    <Door title="What brings you here?" note="No account, nothing leaves this computer.">
      <TextField
        label="Your name"
        description="So that the script can say who is calling. It can wait."
        value={name}
        onChange={setName}
        maxLength={120}
        autoComplete="off"
      />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move along the three buttons */}
      <div className="flex flex-col gap-2.5" onKeyDown={onKeyDown}>
        {CHOICES.map((choice, index) => (
          <ChoiceButton
            key={choice.as}
            choice={choice}
            digit={String(index + 1)}
            isBusy={busy === choice.as}
            hold={(element) => {
              buttons.current[index] = element;
            }}
            onChoose={() => void begin(choice.as)}
          />
        ))}
      </div>
      <p role="alert" className="min-h-6 text-danger-text">
        {refusal}
      </p>
    </Door>
  );
}

interface ChoiceButtonProps {
  choice: (typeof CHOICES)[number];
  digit: string;
  isBusy: boolean;
  hold: (element: HTMLButtonElement | null) => void;
  onChoose: () => void;
}

function ChoiceButton({ choice, digit, isBusy, hold, onChoose }: ChoiceButtonProps) {
  const { title, sentence, icon: Icon } = choice;
  return (
    <button
      type="button"
      ref={hold}
      onClick={onChoose}
      aria-keyshortcuts={digit}
      className="flex items-center gap-4 rounded-lg border border-edge bg-surface p-4 text-left shadow-low hover:border-accent hover:bg-hover"
    >
      <Icon aria-hidden className="size-6 shrink-0 text-accent-text" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">
        <span className="block text-lg font-semibold">{title}</span>
        <span className="block text-muted">{isBusy ? 'One moment…' : sentence}</span>
      </span>
      <Kbd keys={digit} />
    </button>
  );
}

function useBegin(name: string) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<Choice | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const begin = async (as: Choice) => {
    if (busy !== null) return;
    setBusy(as);
    setRefusal(null);
    const answer = await client.app.begin({ as, name: name.trim() });
    setBusy(null);
    if (!answer.ok) return setRefusal(answer.error.sentence);
    await navigate({ to: as === 'supervisor' ? '/campaigns' : '/dial' });
    await queries.invalidateQueries({ queryKey: HELLO });
  };
  return { begin, busy, refusal };
}
