import { useState } from 'react';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ContactPicker } from './ContactPicker.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';
import { useSchedulable } from './use-schedules.ts';

/** Makes a schedule for somebody, or changes the one they have. */
export function ScheduleDialog({ contactId, onClose }: { contactId: number | null; onClose: () => void }) {
  const [chosen, setChosen] = useState(contactId);
  const found = useSchedulable(chosen);
  const notAllowed = useWhyNotAllowed('supervisor');
  if (chosen === null) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title="New schedule"
        description="Whom should the AI voice call, at the same time of their day?"
        footer={<Button onClick={onClose}>Cancel</Button>}
      >
        <ContactPicker onPick={setChosen} />
      </Dialog>
    );
  }
  if (found.data !== undefined)
    return <ScheduleForm key={chosen} schedulable={found.data} notAllowed={notAllowed} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title="Schedule" footer={<Button onClick={onClose}>Close</Button>}>
      <Loaded query={found} label="Loading the schedule" what="The schedule could not be read." rows={5}>
        {() => null}
      </Loaded>
    </Dialog>
  );
}
