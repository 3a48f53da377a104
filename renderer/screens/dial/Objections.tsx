import { useRef, useState } from 'react';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { cn } from '../../ui/cn.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { CONTROL } from '../../ui/styles.ts';
import { objectionsFor } from './objections.ts';
import { ScriptRuns } from './ScriptRuns.tsx';
import type { Step } from './script-path.ts';

/** What to answer when they object: found by a word of theirs, read while they are still talking. */
export function Objections({ steps, size }: { steps: readonly Step[]; size: number }) {
  const [words, setWords] = useState('');
  const [pressed, setPressed] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const found = objectionsFor(steps, words);
  const open = pressed ?? (words.trim() === '' ? null : (found[0]?.key ?? null));
  const leave = () => {
    setWords('');
    setPressed(null);
    field.current?.blur();
  };
  useKeys('screen', [
    {
      id: 'dial.objections',
      keys: ['/', 'alt+/'],
      title: 'Objections',
      run: () => field.current?.focus(),
      whyNot: steps.length === 0 ? 'This script has no objections.' : null,
    },
  ]);
  useKeys('text', [{ id: 'objections.leave', keys: 'esc', title: 'Leave the objections', run: leave }], {
    enabled: isFocused,
  });
  if (steps.length === 0) return null;
  return (
    <section aria-label="Objections" className="flex max-h-[45%] shrink-0 flex-col border-t">
      <div className="flex items-center gap-2 px-3 pt-2 pb-1">
        <label htmlFor="objection-words" className="text-sm font-semibold text-muted">
          Objections
        </label>
        <Kbd keys="/" />
        <input
          id="objection-words"
          ref={field}
          type="search"
          value={words}
          placeholder="what they say"
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onChange={(event) => {
            setWords(event.target.value);
            setPressed(null);
          }}
          className={cn(CONTROL, 'ml-auto w-44')}
        />
      </div>
      <ul className="min-h-0 overflow-y-auto px-3 pb-2 focus-inset" style={{ fontSize: `${size}em` }}>
        {found.map((step) => (
          <li key={step.key}>
            <button
              type="button"
              aria-expanded={open === step.key}
              onClick={() => setPressed(open === step.key ? '' : step.key)}
              className="target w-full rounded-sm px-1 py-0.5 text-left text-[0.9em] font-medium hover:bg-hover"
            >
              {step.title}
            </button>
            {open === step.key && (
              <p className="mb-1 max-w-[62ch] rounded-md bg-sunken px-3 py-2 leading-relaxed whitespace-pre-wrap select-text">
                <ScriptRuns runs={step.runs} />
              </p>
            )}
          </li>
        ))}
        {found.length === 0 && (
          <li className="px-1 text-sm text-muted">None of the objections has these words.</li>
        )}
      </ul>
    </section>
  );
}
