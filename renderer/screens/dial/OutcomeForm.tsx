import { useState } from 'react';
import type { DeskView } from '../../../shared/contract/desk.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { SegmentedControl } from '../../ui/Choices.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { DraftInHand } from './use-draft.ts';
import type { Outcome } from './use-outcome.ts';

type Field = DeskView['dispositions'][number]['form'][number];

/** What the outcome asks before it is filed. Kept as it is typed, like the notes. */
export function OutcomeForm({ draft, outcome }: { draft: DraftInHand; outcome: Outcome }) {
  const [isFocused, setFocused] = useState(false);
  const fields = outcome.selected?.form ?? [];
  const answers = draft.words.answers;
  useKeys('text', [{ id: 'form.file', keys: 'enter', title: 'Save the outcome', run: outcome.save }], {
    enabled: isFocused,
  });
  return (
    <div
      className="flex max-h-64 shrink-0 flex-col gap-2 overflow-y-auto border-t px-3 py-2"
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        draft.flush();
      }}
    >
      <fieldset className="contents">
        <legend className="sr-only">{outcome.selected?.label ?? 'Outcome'}: what it asks</legend>
        {fields.map((field) => (
          <FormField
            key={field.key}
            field={field}
            value={answers[field.key] ?? ''}
            error={outcome.formTrouble?.key === field.key ? outcome.formTrouble.sentence : null}
            onChange={(text) => draft.edit({ answers: { ...answers, [field.key]: text } })}
            formRef={outcome.formRef}
            isWanted={(outcome.formTrouble?.key ?? fields[0]?.key) === field.key}
          />
        ))}
      </fieldset>
    </div>
  );
}

interface FormFieldProps {
  field: Field;
  value: string;
  error: string | null;
  onChange: (text: string) => void;
  formRef: Outcome['formRef'];
  /** The field a key leads to. */
  isWanted: boolean;
}

function FormField({ field, value, error, onChange, formRef, isWanted }: FormFieldProps) {
  const { label, kind, isRequired, options } = field;
  if (kind === 'yes-no')
    return (
      <SegmentedControl
        label={label}
        hideLabel={false}
        value={value}
        onChange={onChange}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
    );
  if (kind === 'choice')
    return (
      <Select
        label={label}
        required={isRequired}
        error={error}
        value={value === '' ? null : value}
        onChange={onChange}
        options={options.map((option) => ({ value: option, label: option }))}
      />
    );
  return (
    <TextField
      ref={isWanted ? formRef : undefined}
      label={label}
      required={isRequired}
      error={error}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' || kind === 'money' ? 'decimal' : undefined}
      autoComplete="off"
      maxLength={2_000}
      value={value}
      onChange={onChange}
    />
  );
}
