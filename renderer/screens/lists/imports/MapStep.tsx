import { useState } from 'react';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { CUSTOM_TYPES, FIELDS, type Mapping } from '../../../../shared/domain/list-import.ts';
import { counted } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { cn } from '../../../ui/cn.ts';
import { Select } from '../../../ui/Select.tsx';
import { MapSettings } from './MapSettings.tsx';
import type { ImportDraft } from './use-draft.ts';
import { useRowArrows } from './use-row-arrows.ts';
import { FIELD_WORD, KIND_WORD, type Sureness, TYPE_WORD, sureness } from './words.ts';

/** As many columns as are drawn at first; a file may have a thousand. */
const SHOWN_FIRST = 60;
const SAMPLES = 3;

/** The file’s columns at the left, ours at the right. Guesses say how sure they are. */
export function MapStep({ preview, draft }: { preview: ImportPreview; draft: ImportDraft }) {
  const [showsAll, setShowsAll] = useState(preview.columns.length <= SHOWN_FIRST);
  const rows = useRowArrows();
  const { columns } = draft.mapping;
  const shown = showsAll ? columns : columns.slice(0, SHOWN_FIRST);
  return (
    <div className="flex flex-col gap-6 three:flex-row three:items-start">
      <div className="min-w-0 flex-1">
        <p className="mb-2 text-sm text-muted">
          {preview.isRemembered
            ? 'Mapped as a file with this header was the last time.'
            : 'Several columns may be phone numbers: each contact keeps all of them.'}{' '}
          Up and down move between rows; type to choose.
        </p>
        <table className="w-full table-fixed border-collapse text-left" {...rows}>
          <caption className="sr-only">What each column of the file is</caption>
          <thead>
            <tr className="border-b text-sm text-muted">
              <th scope="col" className="h-row w-[26%] px-2 font-medium">
                Column of the file
              </th>
              <th scope="col" className="h-row w-[30%] px-2 font-medium">
                Samples
              </th>
              <th scope="col" className="h-row px-2 font-medium">
                Becomes
              </th>
              <th scope="col" className="h-row w-24 px-2 font-medium">
                Guess
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((column, at) => (
              <ColumnRow
                key={column.header}
                column={column}
                samples={samplesOf(preview, at)}
                onChange={(change) => draft.setColumn(at, change)}
              />
            ))}
          </tbody>
        </table>
        {!showsAll && (
          <Button className="mt-3" onClick={() => setShowsAll(true)}>
            Show the other {counted(columns.length - SHOWN_FIRST, 'column')}
          </Button>
        )}
      </div>
      <MapSettings draft={draft} className="shrink-0 three:w-80" />
    </div>
  );
}

interface ColumnRowProps {
  readonly column: Mapping['columns'][number];
  readonly samples: readonly string[];
  readonly onChange: (change: Partial<Mapping['columns'][number]>) => void;
}

const FIELD_OPTIONS = FIELDS.map((value) => ({ value, label: FIELD_WORD[value] }));
const KIND_OPTIONS = (['mobile', 'office', 'home', 'other'] as const).map((value) => ({
  value,
  label: KIND_WORD[value],
}));
const TYPE_OPTIONS = CUSTOM_TYPES.map((value) => ({ value, label: TYPE_WORD[value] }));

function ColumnRow({ column, samples, onChange }: ColumnRowProps) {
  const { header, field, kind, type } = column;
  const isOut = field === 'ignore';
  return (
    <tr className="border-b align-top">
      <th scope="row" className={cn('truncate px-2 py-2 font-medium', isOut && 'text-muted line-through')}>
        {header}
        {isOut && <span className="sr-only">, left out</span>}
      </th>
      <td dir="auto" className="px-2 py-2 text-sm text-muted">
        {samples.length === 0 ? (
          <i>empty</i>
        ) : (
          samples.map((text, nth) => (
            // oxlint-disable-next-line react/no-array-index-key -- samples have nothing else to be told apart by
            <span key={nth} className="block truncate">
              {text}
            </span>
          ))
        )}
      </td>
      <td className="px-2 py-1.5">
        <div className="flex flex-wrap gap-2">
          <Select
            label={`What ${header} is`}
            hideLabel
            className="min-w-44 flex-1"
            value={field}
            onChange={(next) => onChange({ field: next })}
            options={FIELD_OPTIONS}
          />
          {field === 'phone' && (
            <Select
              label={`Kind of number in ${header}`}
              hideLabel
              className="w-28"
              value={kind}
              onChange={(next) => onChange({ kind: next })}
              options={KIND_OPTIONS}
            />
          )}
          {field === 'custom' && (
            <Select
              label={`What ${header} holds`}
              hideLabel
              className="w-28"
              value={type}
              onChange={(next) => onChange({ type: next })}
              options={TYPE_OPTIONS}
            />
          )}
        </div>
      </td>
      <td className="px-2 py-2.5 text-sm">
        <Sure word={sureness(column.confidence)} />
      </td>
    </tr>
  );
}

/** How sure a guess is, in word and shape. */
function Sure({ word }: { word: Sureness }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <svg aria-hidden viewBox="0 0 16 16" className="size-[0.9em]">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />
        {word === 'sure' && <circle cx="8" cy="8" r="6" fill="currentColor" />}
        {word === 'likely' && <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />}
      </svg>
      {word}
    </span>
  );
}

function samplesOf({ rows }: ImportPreview, at: number): string[] {
  const found: string[] = [];
  for (const cells of rows) {
    const text = (cells[at] ?? '').trim().replaceAll(/\s+/g, ' ');
    if (text !== '' && !found.includes(text)) found.push(text);
    if (found.length === SAMPLES) break;
  }
  return found;
}
