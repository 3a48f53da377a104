import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Person } from '../../shared/domain/people.ts';
import { useClient } from '../data/client.tsx';
import { HELLO } from '../data/hello.ts';
import { answered } from '../data/queries.ts';
import { ROLE_WORD } from '../data/people-words.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Door } from './Door.tsx';
import { PinForm } from './PinForm.tsx';

/** Who is working? Those with a PIN show it; the others just say who they are. */
export function SignInScreen({ workspace }: { workspace: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Person | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const signIn = async (id: number, pin: string | null) => {
    const answer = await client.people.signIn({ id, pin });
    if (!answer.ok) return answer.error.sentence;
    await queries.invalidateQueries({ queryKey: HELLO });
    return null;
  };
  const choose = async (person: Person) => {
    if (person.hasPin) setChosen(person);
    else setRefusal(await signIn(person.id, null));
  };
  if (chosen !== null) {
    return (
      <Door title={`Hello, ${chosen.name}`} note={`Workspace ${workspace}`}>
        <PinForm label="Your PIN" verb="Sign in" onPin={(pin) => signIn(chosen.id, pin)} />
        <Button variant="ghost" size="sm" className="self-start" onClick={() => setChosen(null)}>
          Somebody else
        </Button>
      </Door>
    );
  }
  return (
    <Door title="Who is working?" note={`Workspace ${workspace}`}>
      <PeopleList onChoose={(person) => void choose(person)} />
      {refusal !== null && (
        <p role="alert" className="text-danger-text">
          {refusal}
        </p>
      )}
    </Door>
  );
}

function PeopleList({ onChoose }: { onChoose: (person: Person) => void }) {
  const client = useClient();
  const people = useQuery({ queryKey: ['people'], queryFn: () => answered(client.people.list()) });
  if (people.isPending) return <Skeleton label="Loading people" rows={3} />;
  if (people.isError) {
    return (
      <ErrorState
        what={people.error.message}
        safe="Nothing was changed."
        next="Try again."
        action={{ label: 'Try again', run: () => void people.refetch() }}
      />
    );
  }
  return (
    <ul className="flex flex-col overflow-hidden rounded-lg border bg-surface">
      {people.data.map((person) => (
        <li key={person.id} className="border-b last:border-b-0">
          <button
            type="button"
            onClick={() => onChoose(person)}
            className="flex h-12 w-full items-center gap-3 px-4 text-left focus-inset hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{person.name}</span>
            <span className="text-muted">
              {ROLE_WORD[person.role]}
              {person.hasPin && ', PIN'}
            </span>
            <ChevronRight aria-hidden className="size-4 text-muted" />
          </button>
        </li>
      ))}
    </ul>
  );
}
