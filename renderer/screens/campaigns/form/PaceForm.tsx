import { SECOND_MS } from '../../../../shared/lib/instants.ts';
import { RadioGroup } from '../../../ui/Choices.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Edits } from '../edits.ts';
import type { CampaignSheet, Rules } from '../kinds.ts';
import { AssistantGroup } from './AssistantGroup.tsx';
import { Group } from './Group.tsx';
import { MachineGroup } from './MachineGroup.tsx';

interface PaceFormProps {
  sheet: CampaignSheet;
  onEdit: (edits: Edits) => void;
}

function seconds(ms: number): number {
  return Math.round(ms / SECOND_MS);
}

/** Who speaks, how calls begin, and how long everything takes. */
export function PaceForm({ sheet, onEdit }: PaceFormProps) {
  const { rules, mode } = sheet;
  const set = (change: Partial<Rules>) => onEdit({ rules: change });
  return (
    <div>
      <Group title="How a call begins">
        <RadioGroup
          label="Mode"
          hideLabel
          value={mode}
          onChange={(next) => onEdit({ mode: next })}
          options={[
            {
              value: 'preview',
              label: 'Preview',
              description: 'The agent reads about the contact first, and dials by hand.',
            },
            {
              value: 'power',
              label: 'Power',
              description: 'The next contact is shown for a moment, then dialed without a press.',
            },
          ]}
        />
      </Group>
      <Group title="Times">
        <div className="grid gap-3 two:grid-cols-3">
          <NumberField
            label="Shown before dialing"
            unit="seconds"
            min={0}
            max={60}
            disabled={mode === 'preview'}
            value={seconds(rules.leadInMs)}
            onChange={(value) => set({ leadInMs: (value ?? 0) * SECOND_MS })}
            description={mode === 'preview' ? 'In preview the agent dials' : 'P or X stops it'}
          />
          <NumberField
            label="Rings for"
            unit="seconds"
            min={15}
            max={120}
            value={seconds(rules.ringMs)}
            onChange={(value) => value !== null && set({ ringMs: value * SECOND_MS })}
            description="15 at least: the law asks for it"
          />
          <NumberField
            label="Time to file the outcome"
            unit="seconds"
            min={0}
            max={3600}
            value={seconds(rules.wrapUpMs)}
            onChange={(value) => set({ wrapUpMs: (value ?? 0) * SECOND_MS })}
            description="0: no limit. It waits while somebody types"
          />
        </div>
      </Group>
      <Group
        title="Who speaks, and what for"
        about="The law asks for more where a machine speaks, and where a debt is collected."
      >
        <div className="grid gap-4 two:grid-cols-2">
          <RadioGroup
            label="Voice"
            value={rules.voice}
            onChange={(voice) => set({ voice })}
            options={[
              { value: 'agent', label: 'An agent' },
              {
                value: 'ai',
                label: 'An AI voice',
                description: 'Only contacts with a consent on record are rung.',
              },
              {
                value: 'recorded',
                label: 'A recording',
                description: 'Only contacts with a consent on record are rung.',
              },
            ]}
          />
          <RadioGroup
            label="Purpose"
            value={rules.purpose}
            onChange={(purpose) => set({ purpose })}
            options={[
              { value: 'sales', label: 'Selling and everything else' },
              {
                value: 'debt',
                label: 'Collecting a debt',
                description: 'At most seven attempts on a person in seven days, among other limits.',
              },
            ]}
          />
        </div>
        <TextField
          label="Number shown to who is rung"
          className="max-w-xs"
          value={sheet.callerId}
          onChange={(callerId) => onEdit({ callerId })}
          maxLength={40}
          inputMode="tel"
          placeholder="+1 206 555 0100"
          description="Needed before the campaign can start"
        />
      </Group>
      {rules.voice === 'ai' && <AssistantGroup sheet={sheet} onEdit={onEdit} />}
      <MachineGroup rules={rules} onChange={set} />
    </div>
  );
}
