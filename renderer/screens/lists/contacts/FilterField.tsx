/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a datalist can complete a whole field only, and not a word in it */
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type Completing, withCompletion } from '../../../../shared/domain/filter-tokens.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { cn } from '../../../ui/cn.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Suggestion } from './use-suggestions.ts';

interface FilterFieldProps {
  /** `Filter contacts`. */
  label: string;
  placeholder: string;
  /** What of it cannot be read, in a sentence. */
  mistake: string | null;
  /** A hook: what may be meant by what is being typed. */
  useSuggestions: (
    typed: string,
    caret: number,
    isAsked: boolean,
  ) => { completing: Completing; suggestions: readonly Suggestion[] };
  value: string;
  onChange: (value: string) => void;
  /** `Enter`: on to the rows. */
  onDone: () => void;
}

/** One field for words and tokens. It completes what is begun, and says in a sentence what it cannot read. */
export function FilterField(props: FilterFieldProps) {
  const { label, placeholder, mistake, useSuggestions, value, onChange, onDone } = props;
  const box = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const { completing, suggestions } = useSuggestions(value, caret, isOpen);
  const isShown = isOpen && suggestions.length > 0;
  useKeys('screen', [{ id: 'filter', keys: '/', title: label, run: () => box.current?.focus() }]);
  // The caret moves only once the field has its new text.
  const [caretTo, setCaretTo] = useState<{ readonly at: number } | null>(null);
  useEffect(() => {
    if (caretTo !== null) box.current?.setSelectionRange(caretTo.at, caretTo.at);
  }, [caretTo]);

  const change = (next: string) => {
    onChange(next);
    setCaret(box.current?.selectionStart ?? next.length);
    setOpen(true);
    setChosen(-1);
  };
  const take = ({ text }: Suggestion) => {
    const next = withCompletion(value, completing, text);
    const to = completing.from + text.length;
    onChange(next);
    setCaret(to);
    setCaretTo({ at: to });
    setChosen(-1);
    // A value ends a token; a key has its values next.
    setOpen(!text.endsWith(' '));
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const picked = suggestions[event.key === 'Tab' ? Math.max(0, chosen) : chosen];
    if (step !== 0) {
      setOpen(true);
      const count = suggestions.length;
      setChosen((was) =>
        count === 0 ? -1 : (was + step + count + (was === -1 && step < 0 ? 1 : 0)) % count,
      );
    } else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && isShown && picked)
      take(picked);
    else if (event.key === 'Enter') {
      setOpen(false);
      onDone();
    } else if (event.key === 'Escape') {
      if (isShown) setOpen(false);
      else if (value !== '') change('');
      else box.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <search className="relative min-w-64 flex-1">
      <TextField
        ref={box}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `${listId}-${chosen}` : undefined}
        label={label}
        hideLabel
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={change}
        onKeyDown={onKeyDown}
        onSelect={() => setCaret(box.current?.selectionStart ?? value.length)}
        onBlur={() => setOpen(false)}
        error={isShown ? null : mistake}
        lead={<Search aria-hidden />}
        tail={<Kbd keys={value === '' ? '/' : 'esc'} />}
        maxLength={500}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        className={cn(
          'absolute top-9 left-0 z-30 max-h-80 w-96 max-w-full overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-high',
          !isShown && 'hidden',
        )}
      >
        {suggestions.map((each, nth) => (
          // The field keeps the focus and the keys; the pointer may take one as well.
          <div
            key={each.text}
            id={`${listId}-${nth}`}
            role="option"
            tabIndex={-1}
            aria-selected={nth === chosen}
            onMouseDown={(event) => {
              event.preventDefault();
              take(each);
            }}
            className={cn(
              'flex min-h-7 cursor-default items-center gap-3 rounded-sm px-2 py-0.5',
              nth === chosen ? 'bg-pressed' : 'hover:bg-hover',
            )}
          >
            <span className="min-w-0 truncate font-medium">{each.text.trim()}</span>
            <span className="ml-auto shrink-0 text-sm text-muted">{each.note}</span>
          </div>
        ))}
      </div>
    </search>
  );
}
