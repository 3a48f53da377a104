import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { whenText } from '../../../data/words.ts';
import { StateShape } from '../../../ui/StateShape.tsx';
import { useNow } from '../../../ui/use-now.tsx';

const MINUTE_MS = 60_000;
const SHAPES = { ring: 'ready', wait: 'paused', never: 'trouble' } as const;

/** What the engine says of ringing, with its reason and when it changes. */
export function Verdict({
  verdict: { kind, sentence, until },
}: {
  verdict: ContactSheet['numbers'][number]['verdict'];
}) {
  const now = useNow(MINUTE_MS);
  return (
    <span className="flex w-full items-baseline gap-1.5 text-sm">
      <StateShape state={SHAPES[kind]} className="relative top-[0.15em] shrink-0" />
      <span>
        {sentence}
        {until !== null && ` Next: ${whenText(until, now)}, your time.`}
      </span>
    </span>
  );
}
