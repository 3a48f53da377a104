import type { VoicemailPolicy } from '../../../../shared/domain/campaign.ts';
import { RadioGroup } from '../../../ui/Choices.tsx';
import { TextArea } from '../../../ui/TextField.tsx';
import type { Rules } from '../kinds.ts';
import { Group } from './Group.tsx';

const MESSAGE_MAX = 2_000;

export const VOICEMAIL: Readonly<Record<VoicemailPolicy, readonly [word: string, about: string]>> = {
  leave: ['Leave a message', 'And try again later, as the outcome Voicemail says.'],
  retry: ['Hang up, and try again later', 'As the outcome Voicemail says, without a message.'],
  'hang-up': ['Hang up, and leave it at that', 'They are not tried again.'],
};

interface MachineGroupProps {
  rules: Rules;
  onChange: (change: Partial<Rules>) => void;
}

/** What is said where no agent is on the line, and what is done when a machine answers. */
export function MachineGroup({ rules, onChange }: MachineGroupProps) {
  if (rules.voice === 'agent') return null;
  const isRecorded = rules.voice === 'recorded';
  return (
    <Group
      title={isRecorded ? 'The recording' : 'When a machine answers'}
      about={
        isRecorded
          ? 'It is spoken to whoever answers, and ends the call. Say first who is calling.'
          : undefined
      }
    >
      {isRecorded && (
        <TextArea
          label="What it says"
          className="max-w-[44rem]"
          rows={4}
          maxLength={MESSAGE_MAX}
          value={rules.message}
          onChange={(message) => onChange({ message })}
          placeholder="Hello {{first name|there}}, this is …"
          description="Needed before the campaign can start. Fields in double braces are filled in, with a fallback after the bar."
        />
      )}
      <RadioGroup
        label="When a machine is ready to record"
        value={rules.voicemail}
        onChange={(voicemail) => onChange({ voicemail })}
        options={(Object.keys(VOICEMAIL) as VoicemailPolicy[]).map((value) => ({
          value,
          label: VOICEMAIL[value][0],
          description: VOICEMAIL[value][1],
        }))}
      />
    </Group>
  );
}
