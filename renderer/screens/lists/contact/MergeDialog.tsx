import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContactSheet } from '../../../../shared/contract/contacts.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { ContactPicker } from '../../schedules/ContactPicker.tsx';
import { useContactSheet } from './use-contact.ts';

interface MergeDialogProps {
  readonly sheet: ContactSheet;
  readonly onClose: () => void;
}

/** Makes one contact of two: who is likely the same person comes first, anybody else can be looked for. */
export function MergeDialog({ sheet, onClose }: MergeDialogProps) {
  const [picked, setPicked] = useState<number | null>(null);
  const isOther = picked !== null && picked !== sheet.id;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Who is ${sheet.name} as well?`}
      description={`${sheet.name} stays; the other comes to them with all that happened. It can be taken apart again.`}
    >
      {isOther ? (
        <Confirm sheet={sheet} goneId={picked} onBack={() => setPicked(null)} onClose={onClose} />
      ) : (
        <div className="flex flex-col gap-4">
          <Doubles id={sheet.id} onPick={setPicked} />
          <ContactPicker onPick={setPicked} />
          {picked === sheet.id && <p role="alert">This is {sheet.name}. Choose somebody else.</p>}
        </div>
      )}
    </Dialog>
  );
}

function Doubles({ id, onPick }: { id: number; onPick: (id: number) => void }) {
  const { contacts } = useClient();
  const { data } = useQuery({
    queryKey: ['contacts', id, 'doubles'],
    queryFn: () => answered(contacts.doubles({ id })),
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-labelledby="likely-same">
      <h3 id="likely-same" className="mb-1 text-sm font-semibold text-muted">
        Likely the same person
      </h3>
      <ul className="flex flex-col gap-1">
        {data.map((each) => (
          <li key={each.id}>
            <Button
              variant="ghost"
              className="h-auto w-full justify-start py-1.5 text-left"
              onClick={() => onPick(each.id)}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{each.name}</span>
                <span className="block truncate text-sm font-normal text-muted">
                  {[each.company, each.number, `has ${each.shares}`]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ConfirmProps extends MergeDialogProps {
  readonly goneId: number;
  readonly onBack: () => void;
}

function Confirm({ sheet, goneId, onBack, onClose }: ConfirmProps) {
  const { contacts } = useClient();
  const wish = useWish();
  const toasts = useToasts();
  const { data: gone } = useContactSheet(goneId);
  if (gone === undefined) return null;
  const merge = async () => {
    const done = await wish(contacts.merge({ keptId: sheet.id, goneId }));
    if (done === null) return;
    onClose();
    toasts.show({
      text: `${gone.name} is ${sheet.name} now.`,
      action: { label: 'Take apart', run: () => void wish(contacts.undoMerge({ mergeId: done.mergeId })) },
    });
  };
  return (
    <div className="flex flex-col gap-4">
      <p>
        <b className="font-semibold">{gone.name}</b>
        {gone.company !== '' && `, ${gone.company}`} becomes <b className="font-semibold">{sheet.name}</b>
        {sheet.company !== '' && `, ${sheet.company}`}.
      </p>
      <ul className="list-disc pl-5">
        <li>Numbers, calls, outcomes, promises and consents of both are kept, under {sheet.name}.</li>
        <li>Where both say something else, such as a company, what {sheet.name} has stays.</li>
        <li>In a campaign that both are in, the tries of both count: nobody is rung more often for it.</li>
      </ul>
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Somebody else</Button>
        <Button variant="primary" onClick={() => void merge()}>
          Make them one
        </Button>
      </div>
    </div>
  );
}
