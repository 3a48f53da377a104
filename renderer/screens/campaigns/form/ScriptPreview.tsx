import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fillIn, type ScriptRun, scriptFields } from '../../../../shared/domain/script.ts';
import { useClient } from '../../../data/client.tsx';
import { useHello } from '../../../data/hello.ts';
import { answered } from '../../../data/queries.ts';
import { Select } from '../../../ui/Select.tsx';
import type { Block } from '../kinds.ts';

const STRANGER = { name: '', company: '', title: '', place: '', fields: {} };

/** What an agent will read, for a contact who is here or for somebody of whom nothing is known. */
export function ScriptPreview({ blocks }: { blocks: readonly Block[] }) {
  const { me } = useHello();
  const people = useSamples();
  const [chosen, setChosen] = useState<string | null>(null);
  const person = people.find(({ id }) => String(id) === chosen) ?? (chosen === 'nobody' ? null : people[0]);
  const fields = scriptFields({ ...STRANGER, ...person }, me?.name ?? '');
  return (
    <section
      aria-label="Preview of the script"
      className="flex flex-col gap-3 rounded-lg border bg-sunken p-4"
    >
      <Select
        label="As read to"
        value={person == null ? 'nobody' : String(person.id)}
        onChange={setChosen}
        options={[
          ...people.map(({ id, name, company }) => ({
            value: String(id),
            label: name,
            description: company === '' ? undefined : company,
          })),
          { value: 'nobody', label: 'Somebody of whom nothing is known' },
        ]}
      />
      {blocks.length === 0 && <p className="text-muted">The first step appears here as you write it.</p>}
      <ol className="flex flex-col gap-3">
        {blocks.map((block, index) => (
          <li key={index}>
            <h4 className="text-sm font-semibold text-muted">{block.title}</h4>
            <p className="leading-relaxed whitespace-pre-wrap">
              {fillIn(block.text, fields).map((run, at) => (
                <Run key={at} run={run} />
              ))}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A gap is marked as one, so that nobody is surprised by it in a call. */
function Run({ run }: { run: ScriptRun }) {
  if (run.kind === 'words') return run.text;
  if (run.kind === 'field') return <span className="font-medium">{run.text}</span>;
  return (
    <span
      data-tone="warn"
      title="Not known for this contact"
      className="rounded-sm border-b border-dashed border-b-tone bg-tone-tint px-0.5 text-tone"
    >
      {run.text}
      <span className="sr-only"> (not known)</span>
    </span>
  );
}

/** The first contacts of the workspace, which is enough to see how names and gaps read. */
function useSamples() {
  const client = useClient();
  const page = useQuery({
    queryKey: ['contacts', 'samples'],
    queryFn: () => answered(client.contacts.page({ search: '', after: null })),
  });
  return page.data?.rows.slice(0, 12) ?? [];
}
