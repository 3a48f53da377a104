import { useQueryClient } from '@tanstack/react-query';
import type { Person } from '../../shared/domain/people.ts';
import { useClient } from '../data/client.tsx';
import { useWish } from '../data/desk.ts';
import { HELLO } from '../data/hello.ts';
import { Button } from '../ui/Button.tsx';
import { Door } from './Door.tsx';
import { PinForm } from './PinForm.tsx';

export function LockScreen({ me }: { me: Person }) {
  const client = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const unlock = async (pin: string) => {
    const answer = await client.people.unlock({ pin });
    if (!answer.ok) return answer.error.sentence;
    await queries.invalidateQueries({ queryKey: HELLO });
    return null;
  };
  return (
    <Door
      title={`Locked for ${me.name}`}
      note="A call that is under way goes on. Enter your PIN to see your desk again."
    >
      <PinForm label="Your PIN" verb="Unlock" onPin={unlock} />
      <p className="text-sm text-muted">
        Not you?{' '}
        <Button variant="ghost" size="sm" onClick={() => void wish(client.people.signOut())}>
          Somebody else works here
        </Button>
      </p>
    </Door>
  );
}
