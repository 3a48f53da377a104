import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';

/** The way back to all lists; Esc goes it too. What was begun goes on. */
export function BackToLists() {
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/lists', search: {} });
  useKeys('screen', [{ id: 'import.leave', keys: 'escape', title: 'All lists', run: back }]);
  return (
    <Button variant="ghost" shortcut="esc" onClick={back}>
      All lists
    </Button>
  );
}
