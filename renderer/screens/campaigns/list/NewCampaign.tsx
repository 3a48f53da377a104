import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { RadioGroup } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Template } from '../kinds.ts';
import { useCampaignActs } from '../use-acts.ts';

interface NewCampaignProps {
  templates: readonly Template[];
  onClose: () => void;
}

/** A name and a template; everything else is asked step by step. */
export function NewCampaign({ templates, onClose }: NewCampaignProps) {
  const [name, setName] = useState('');
  const [template, setTemplate] = useState(templates[0]?.id ?? '');
  const acts = useCampaignActs();
  const form = useId();
  const whyNot = name.trim() === '' ? 'A name is needed.' : null;
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot === null) void acts.create(name.trim(), template);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New campaign"
      description="It begins as a draft. Nobody is rung before you start it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" disabledReason={whyNot}>
            Make it
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={make} className="flex flex-col gap-4">
        <TextField
          label="Name"
          required
          value={name}
          onChange={setName}
          maxLength={120}
          placeholder="Spring renewals"
        />
        <RadioGroup
          label="Start from"
          value={template}
          onChange={setTemplate}
          options={templates.map(({ id, name: label, about }) => ({ value: id, label, description: about }))}
        />
      </form>
    </Dialog>
  );
}
