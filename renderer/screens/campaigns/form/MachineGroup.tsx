import { useQuery } from '@tanstack/react-query';
import type { MessageRow } from '../../../../shared/contract/messages.ts';
import type { VoicemailPolicy } from '../../../../shared/domain/campaign.ts';
import { useClient } from '../../../data/client.tsx';
import { answered } from '../../../data/queries.ts';
import { RadioGroup } from '../../../ui/Choices.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextField.tsx';
import { clockText } from '../../../ui/time-text.ts';
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

/** What is said where no agent is on the line, and what is left when a machine answers. */
export function MachineGroup({ rules, onChange }: MachineGroupProps) {
  const { messages } = useClient();
  const { data: all = [] } = useQuery({ queryKey: ['messages'], queryFn: () => answered(messages.list()) });
  const isRecorded = rules.voice === 'recorded';
  const isAgent = rules.voice === 'agent';
  return (
    <Group
      title={isRecorded ? 'The recording' : 'When a machine answers'}
      about={
        isRecorded
          ? 'It is played to whoever answers, and ends the call. Say first who is calling.'
          : isAgent
            ? 'One key in a call leaves it, and the agent goes on to the next one.'
            : undefined
      }
    >
      {isRecorded && (
        <MessageSelect
          label="What is played"
          none="Words, spoken by the carrier"
          messages={all}
          value={rules.playMessageId}
          onChange={(playMessageId) => onChange({ playMessageId })}
        />
      )}
      {isRecorded && rules.playMessageId === null && (
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
      {!isAgent && (
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
      )}
      {(isAgent || rules.voicemail === 'leave') && (
        <MessageSelect
          label="Message left on voicemail"
          none={isRecorded ? 'The same as is played' : 'The carrier’s usual one'}
          messages={all}
          value={rules.dropMessageId}
          onChange={(dropMessageId) => onChange({ dropMessageId })}
        />
      )}
    </Group>
  );
}

interface MessageSelectProps {
  label: string;
  none: string;
  messages: readonly MessageRow[];
  value: number | null;
  onChange: (id: number | null) => void;
}

const NONE = 'none';

function MessageSelect({ label, none, messages, value, onChange }: MessageSelectProps) {
  return (
    <Select
      label={label}
      className="max-w-[28rem]"
      value={value === null ? NONE : String(value)}
      onChange={(next) => onChange(next === NONE ? null : Number(next))}
      options={[
        { value: NONE, label: none },
        ...messages.map(({ id, name, durationMs }) => ({
          value: String(id),
          label: `${name} (${clockText(durationMs)})`,
        })),
      ]}
      description="Messages are recorded in Settings › Messages. Twilio fetches them through Settings › Connection; Vapi leaves words of its own."
    />
  );
}
