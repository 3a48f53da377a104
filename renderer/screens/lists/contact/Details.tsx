import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { useClient } from '../../../data/client.tsx';
import { useTell } from '../../../data/message.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useEdit } from './use-contact.ts';

const FIELDS = [
  ['name', 'Name'],
  ['title', 'Title'],
  ['company', 'Company'],
  ['place', 'Place'],
  ['email', 'Mail address'],
] as const;
type Key = (typeof FIELDS)[number][0];

/** What is known of them, and correcting it: `E` edits, and one button saves all of it. */
export function Details({ sheet }: { sheet: ContactSheet }) {
  const [isEditing, setEditing] = useState(false);
  useKeys('screen', [
    { id: 'contact.edit', keys: 'e', title: 'Edit what is known', run: () => setEditing(true) },
  ]);
  const own = Object.entries(sheet.fields);
  return (
    <section aria-labelledby="details">
      <div className="flex items-center gap-2">
        <h2 id="details" className="text-lg font-semibold">
          Details
        </h2>
        {!isEditing && (
          <Button size="sm" shortcut="e" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {isEditing ? (
        <EditForm sheet={sheet} onDone={() => setEditing(false)} />
      ) : (
        <dl className="mt-1 grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-1">
          {FIELDS.slice(1).map(([key, label]) => (
            <Fact key={key} label={label} value={sheet[key]} />
          ))}
          {own.map(([key, value]) => (
            <Fact key={key} label={key} value={value} />
          ))}
          <dt className="text-muted">Tags</dt>
          <dd className="flex flex-wrap gap-1">
            {sheet.tags.length === 0 ? '–' : sheet.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
          </dd>
        </dl>
      )}
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="truncate text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{value === '' ? '–' : value}</dd>
    </>
  );
}

function EditForm({ sheet, onDone }: { sheet: ContactSheet; onDone: () => void }) {
  const { contacts } = useClient();
  const edit = useEdit(sheet.id);
  const tell = useTell();
  const [values, setValues] = useState<Record<Key, string>>({
    name: sheet.name,
    title: sheet.title,
    company: sheet.company,
    place: sheet.place,
    email: sheet.email,
  });
  const [fields, setFields] = useState<Record<string, string>>({ ...sheet.fields });
  const [tags, setTags] = useState(sheet.tags.join(', '));
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const changed = FIELDS.filter(([key]) => values[key] !== sheet[key]).map(([key]) => [key, values[key]]);
    const areFieldsChanged = JSON.stringify(fields) !== JSON.stringify(sheet.fields);
    const change = { ...Object.fromEntries(changed), ...(areFieldsChanged ? { fields } : {}) };
    const { id } = sheet;
    if (Object.keys(change).length > 0 && !(await edit(contacts.change({ id, change })))) return;
    const wanted = tags
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    if (wanted.join() !== sheet.tags.join() && !(await edit(contacts.setTags({ id, tags: wanted })))) return;
    tell('Saved.');
    onDone();
  };
  return (
    <form onSubmit={(event) => void save(event)} className="mt-2 flex flex-col gap-3">
      <div className="grid grid-cols-1 gap-3 two:grid-cols-2">
        {FIELDS.map(([key, label]) => (
          <TextField
            key={key}
            label={label}
            value={values[key]}
            onChange={(next) => setValues({ ...values, [key]: next })}
            maxLength={key === 'name' ? 120 : 200}
            required={key === 'name'}
            ref={key === 'name' ? first : undefined}
          />
        ))}
        {Object.entries(fields).map(([key, value]) => (
          <TextField
            key={key}
            label={key}
            value={value}
            onChange={(next) => setFields({ ...fields, [key]: next })}
            maxLength={2000}
          />
        ))}
        <TextField
          label="Tags"
          description="With commas between them."
          value={tags}
          onChange={setTags}
          maxLength={500}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
