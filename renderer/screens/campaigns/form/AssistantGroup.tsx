import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssistantChoices } from '../../../../shared/contract/assistants.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Edits } from '../edits.ts';
import type { CampaignSheet } from '../kinds.ts';
import { AssistantBriefing } from './AssistantBriefing.tsx';
import { AssistantTestCall } from './AssistantTestCall.tsx';
import { Group } from './Group.tsx';

interface AssistantGroupProps {
  sheet: CampaignSheet;
  onEdit: (edits: Edits) => void;
}

const NOTHING: AssistantChoices = {
  state: 'not-reached',
  sentence: '',
  assistants: [],
  voices: [],
  numbers: [],
  usual: '',
};
/** No voice is called so: it opens the field in which another one is typed. */
const ANOTHER = 'another';

export function useAssistantChoices() {
  const { assistants } = useClient();
  return useQuery({
    queryKey: ['assistants', 'choices'],
    queryFn: () => answered(assistants.choices()),
    staleTime: 60_000,
  });
}

/** Who talks in a campaign of an AI voice, with whose voice, from which number, and what they know. */
export function AssistantGroup({ sheet, onEdit }: AssistantGroupProps) {
  const { data: choices = NOTHING, isPending } = useAssistantChoices();
  const { rules, callerId } = sheet;
  const sentence = isPending ? 'The assistants of the account are being fetched…' : choices.sentence;
  return (
    <Group title="The assistant" about="Who talks, and what they know of the person they talk to.">
      <p aria-live="polite" className="text-sm text-muted empty:hidden">
        {sentence}
      </p>
      <div className="grid gap-3 two:grid-cols-3">
        <Select
          label="Assistant"
          value={rules.assistant}
          onChange={(assistant) => onEdit({ rules: { assistant } })}
          options={assistantOptions(choices, rules.assistant)}
        />
        <VoiceField
          voices={choices.voices}
          value={rules.aiVoice}
          onChange={(aiVoice) => onEdit({ rules: { aiVoice } })}
        />
        {choices.numbers.length > 0 && (
          <Select
            label="Calls from"
            value={callerId}
            onChange={(next) => onEdit({ callerId: next })}
            options={numberOptions(choices, callerId)}
            description="A number of the account; the same that is shown above"
          />
        )}
      </div>
      {choices.state === 'listed' && <AssistantTestCall campaignId={sheet.id} assistant={rules.assistant} />}
      <AssistantBriefing campaignId={sheet.id} assistant={rules.assistant} />
    </Group>
  );
}

/** What is chosen is always among them, whether or not it could be fetched. */
function assistantOptions({ assistants, usual }: AssistantChoices, chosen: string) {
  const usualName = assistants.find(({ id }) => id === usual)?.name ?? usual;
  const isListed = chosen === '' || assistants.some(({ id }) => id === chosen);
  return [
    { value: '', label: usualName === '' ? 'The usual one' : `The usual one: ${usualName}` },
    ...assistants.map(({ id, name }) => ({ value: id, label: name })),
    ...(isListed
      ? []
      : [{ value: chosen, label: chosen, description: 'Chosen before; not listed just now' }]),
  ];
}

function numberOptions({ numbers }: AssistantChoices, chosen: string) {
  const isListed = numbers.some(({ number }) => number === chosen);
  return [
    ...numbers.map(({ number, shown, label }) => ({
      value: number,
      label: shown,
      ...(label === '' ? {} : { description: label }),
    })),
    ...(isListed || chosen === ''
      ? []
      : [{ value: chosen, label: chosen, description: 'Not a number of this account' }]),
  ];
}

interface VoiceFieldProps {
  voices: readonly string[];
  value: string;
  onChange: (voice: string) => void;
}

function VoiceField({ voices, value, onChange }: VoiceFieldProps) {
  const [isTyped, setTyped] = useState(false);
  const listed = value === '' || voices.includes(value) ? voices : [...voices, value];
  return (
    <div className="flex flex-col gap-2">
      <Select
        label="Whose voice"
        value={isTyped ? ANOTHER : value}
        onChange={(next) => {
          setTyped(next === ANOTHER);
          if (next !== ANOTHER) onChange(next);
        }}
        options={[
          { value: '', label: 'The assistant’s own' },
          ...listed.map((voice) => ({ value: voice, label: voice.replace(':', ': ') })),
          { value: ANOTHER, label: 'Another…' },
        ]}
      />
      {isTyped && (
        <TextField
          label="Maker and name of the voice"
          value={value}
          onChange={onChange}
          maxLength={120}
          placeholder="11labs:rachel"
          description="As Vapi names them, with a colon between"
        />
      )}
    </div>
  );
}
