import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../shared/domain/people.ts';
import { useClient } from '../data/client.tsx';
import { HELLO } from '../data/hello.ts';
import { Button } from '../ui/Button.tsx';
import { Door } from './Door.tsx';
import { PinForm } from './PinForm.tsx';
import { SignInScreen } from './SignInScreen.tsx';

export function LockScreen({ me, workspace }: { me: Person; workspace: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const [isSomebodyElse, setSomebodyElse] = useState(false);
  const unlock = async (pin: string) => {
    const answer = await client.people.unlock({ pin });
    if (!answer.ok) return answer.error.sentence;
    await queries.invalidateQueries({ queryKey: HELLO });
    return null;
  };
  if (isSomebodyElse) return <SignInScreen workspace={workspace} />;
  return (
    <Door
      title="Locked"
      note={`For ${me.name}. A call that is under way goes on. The PIN brings the desk back.`}
    >
      <PinForm label="Your PIN" verb="Unlock" onPin={unlock} />
      <p className="text-sm text-muted">
        Not you?{' '}
        <Button variant="ghost" size="sm" onClick={() => setSomebodyElse(true)}>
          Somebody else works here
        </Button>
      </p>
    </Door>
  );
}
