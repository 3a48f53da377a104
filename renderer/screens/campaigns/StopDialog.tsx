import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Named } from './kinds.ts';
import type { StopHow } from './use-acts.ts';

interface StopDialogProps {
  campaign: Named | null;
  onStop: (campaign: Named, how: StopHow) => void;
  onClose: () => void;
}

/** Stopping has two meanings, and nobody should have to guess which one a button has. */
export function StopDialog({ campaign, onStop, onClose }: StopDialogProps) {
  const [how, setHow] = useState<StopHow>('after-calls');
  if (campaign === null) return null;
  const stop = () => {
    onClose();
    onStop(campaign, how);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={`Stop ${campaign.name}?`}
      description="Nobody new is dialed in either case, and everybody who was about to be dialed goes back to the list."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={how === 'at-once' ? 'danger' : 'primary'} onClick={stop}>
            {how === 'at-once' ? 'Hang up and stop' : 'Stop after the calls'}
          </Button>
        </>
      }
    >
      <RadioGroup
        label="What happens to calls under way"
        hideLabel
        value={how}
        onChange={setHow}
        options={[
          {
            value: 'after-calls',
            label: 'Let calls under way end',
            description: 'People who are talking finish their talk, and agents file their outcomes.',
          },
          {
            value: 'at-once',
            label: 'Hang up at once',
            description: 'Every call of this campaign is cut off now, in the middle of a sentence too.',
          },
        ]}
      />
    </Dialog>
  );
}
