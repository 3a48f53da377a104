import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Briefing } from '../../../../shared/contract/assistants.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';

/** What the assistant will be told before it talks to the first who would be rung. */
export function AssistantBriefing({ campaignId, assistant }: { campaignId: number; assistant: string }) {
  const { assistants } = useClient();
  const { data } = useQuery({
    queryKey: ['assistants', 'briefing', campaignId, assistant],
    queryFn: () => answered(assistants.briefing({ campaignId, assistant })),
    placeholderData: keepPreviousData,
  });
  if (data === undefined) return null;
  return (
    <details className="max-w-[44rem]">
      <summary className="target w-fit rounded-sm font-medium select-none">
        What the assistant will be told
      </summary>
      <Told briefing={data} />
    </details>
  );
}

function Told({ briefing: { contact, variables, opening, gaps } }: { briefing: Briefing }) {
  if (contact === null)
    return (
      <p className="pt-2 text-muted">
        Nobody is in the campaign yet. With people in it, what is known of the first of them stands here.
      </p>
    );
  return (
    <div className="flex flex-col gap-2 pt-2">
      <p className="text-muted">
        Of {contact}, as an example. Agents’ own notes are never among it: it goes to another company.
      </p>
      {opening !== '' && (
        <p>
          It begins: <q className="select-text">{opening}</q>
        </p>
      )}
      <dl className="grid grid-cols-[12rem_1fr] gap-x-3 gap-y-1 text-sm">
        {variables.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="font-mono text-muted">{`{{${name}}}`}</dt>
            <dd className="min-w-0 break-words select-text">{value}</dd>
          </div>
        ))}
      </dl>
      {gaps.length > 0 && (
        <p data-tone="warn" className="text-tone">
          Its words ask for {gaps.map((name) => `{{${name}}}`).join(', ')}, which nobody knows of {contact}.
        </p>
      )}
    </div>
  );
}
