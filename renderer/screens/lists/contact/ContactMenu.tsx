import { useNavigate } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { AlertDialog } from '../../../ui/Dialog.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { MergeDialog } from './MergeDialog.tsx';

/** What reaches further than a correction: leaving them alone for good, and erasing them. */
export function ContactMenu({ sheet }: { sheet: ContactSheet }) {
  const { contacts, doNotCall } = useClient();
  const wish = useWish();
  const toasts = useToasts();
  const navigate = useNavigate();
  const notAllowed = useWhyNotAllowed('supervisor');
  const [asks, setAsks] = useState<'merge' | 'leave-alone' | 'erase' | null>(null);
  const noNumber = sheet.numbers.length === 0 ? 'There is no number to put on it.' : null;
  const leaveAlone = async () => {
    const text = sheet.numbers.map(({ e164 }) => e164).join('\n');
    const added = await wish(
      doNotCall.add({ kind: 'number', text, reason: 'asked for it', source: sheet.name }),
    );
    if (added !== null) toasts.show({ text: `${sheet.name} is never called again, by any campaign.` });
  };
  const erase = async () => {
    const erased = await wish(contacts.erase({ id: sheet.id }));
    if (erased === null) return;
    toasts.show({ text: erased.sentence, shownMs: 0 });
    void navigate({ to: '/lists', search: {} });
  };
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={`More for ${sheet.name}`} icon={<MoreHorizontal />} />}
        sections={[
          {
            items: [
              {
                label: 'Make one with another…',
                run: () => setAsks('merge'),
                disabledReason: notAllowed,
              },
            ],
          },
          {
            items: [
              {
                label: 'Never call again…',
                danger: true,
                run: () => setAsks('leave-alone'),
                disabledReason: noNumber,
              },
              {
                label: 'Erase this person…',
                danger: true,
                run: () => setAsks('erase'),
                disabledReason: notAllowed,
              },
            ],
          },
        ]}
      />
      {asks === 'merge' && <MergeDialog sheet={sheet} onClose={() => setAsks(null)} />}
      <AlertDialog
        open={asks === 'leave-alone'}
        onOpenChange={() => setAsks(null)}
        title={`Never call ${sheet.name} again?`}
        body="All their numbers go on the do-not-call list. No campaign, schedule or agent can ring them from this second on."
        confirmLabel="Never call again"
        danger
        onConfirm={() => void leaveAlone()}
      />
      <AlertDialog
        open={asks === 'erase'}
        onOpenChange={() => setAsks(null)}
        title={`Erase ${sheet.name}?`}
        body="Everything known of them goes: details, notes, recordings, transcripts. This cannot be taken back. Their numbers stay on the do-not-call list, so that nobody rings them again."
        confirmLabel="Erase"
        danger
        onConfirm={() => void erase()}
      />
    </>
  );
}
