import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';

/** The way back to all campaigns; Esc goes it too. */
export function BackToList() {
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/campaigns', search: {} });
  useKeys('screen', [{ id: 'campaign.back', keys: 'escape', title: 'All campaigns', run: back }]);
  return (
    <Button variant="ghost" shortcut="esc" onClick={back}>
      All campaigns
    </Button>
  );
}
