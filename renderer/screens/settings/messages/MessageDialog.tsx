import { useQueryClient } from '@tanstack/react-query';
import { FolderOpen, Mic, Square } from 'lucide-react';
import { type FormEvent, useId, useMemo, useRef, useState } from 'react';
import {
  MESSAGE_RATE,
  messageSamples,
  messageTrouble,
  messageWav,
  peakDb,
} from '../../../../shared/domain/message.ts';
import { useClient } from '../../../data/client.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { clockText } from '../../../ui/time-text.ts';
import { sendMessage } from './send-message.ts';
import { unpacked } from './sound-source.ts';
import { type Stretch, TrimField } from './TrimField.tsx';
import { useRecorder } from './use-recorder.ts';
import { loudnessText } from './words.ts';

/** Makes a message: recorded here or taken from a file, trimmed, as loud as a line carries, and named. */
export function MessageDialog({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState<Float32Array | null>(null);
  const [name, setName] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useId();
  const take = async (source: Blob, from = '') => {
    setBusy(true);
    const sound = await unpacked(source);
    setBusy(false);
    setTrouble(sound.ok ? null : sound.error);
    setValues(sound.ok ? sound.value : null);
    if (sound.ok && name === '') setName(from.replace(/\.[^.]*$/, '').slice(0, 80));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title="Add a message"
      description="Up to 3 minutes. It is kept as a telephone carries it, so what you hear here is what they hear."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabledReason={
              values === null
                ? 'Record it or choose a file first.'
                : name.trim() === ''
                  ? 'A name is needed.'
                  : null
            }
          >
            Keep it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Sources isBusy={isBusy} onSound={(sound, from) => void take(sound, from)} />
        {trouble !== null && (
          <p role="alert" className="text-danger-text">
            {trouble}
          </p>
        )}
        {values !== null && (
          <Ready
            key={values.length}
            form={form}
            values={values}
            name={name}
            onName={setName}
            onTrouble={setTrouble}
            onClose={onClose}
          />
        )}
      </div>
    </Dialog>
  );
}

interface SourcesProps {
  isBusy: boolean;
  onSound: (sound: Blob, name?: string) => void;
}

function Sources({ isBusy, onSound }: SourcesProps) {
  const file = useRef<HTMLInputElement>(null);
  const recorder = useRecorder(onSound);
  const busy = isBusy ? 'The sound is being read.' : null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {recorder.isRecording ? (
          <Button variant="danger" icon={<Square />} onClick={recorder.stop}>
            Stop recording
          </Button>
        ) : (
          <Button icon={<Mic />} disabledReason={busy} onClick={() => void recorder.start()}>
            Record
          </Button>
        )}
        <Button
          icon={<FolderOpen />}
          disabledReason={recorder.isRecording ? 'Stop recording first.' : busy}
          onClick={() => file.current?.click()}
        >
          Choose a file…
        </Button>
        <input
          ref={file}
          type="file"
          accept=".wav,.mp3,audio/wav,audio/mpeg"
          aria-label="Sound file"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen !== undefined) onSound(chosen, chosen.name);
            // The same file may be chosen again.
            target.value = '';
          }}
        />
      </div>
      {recorder.isRecording && (
        <label className="flex max-w-80 flex-col gap-1 text-sm text-muted">
          It listens: speak now
          <meter min={0} max={1} low={0.1} optimum={0.5} value={recorder.level} className="h-3 w-full" />
        </label>
      )}
      {recorder.trouble !== null && (
        <p role="alert" className="text-danger-text">
          {recorder.trouble}
        </p>
      )}
    </div>
  );
}

interface ReadyProps {
  form: string;
  values: Float32Array;
  name: string;
  onName: (name: string) => void;
  onTrouble: (sentence: string | null) => void;
  onClose: () => void;
}

function Ready({ form, values, name, onName, onTrouble, onClose }: ReadyProps) {
  const client = useClient();
  const queries = useQueryClient();
  const toasts = useToasts();
  const [isLeveled, setLeveled] = useState(true);
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: values.length / MESSAGE_RATE });
  const whole = useMemo(() => messageSamples(values, isLeveled), [values, isLeveled]);
  const cut = whole.subarray(stretch.from * MESSAGE_RATE, stretch.to * MESSAGE_RATE);
  const kept = useMemo(
    () =>
      loudest(
        messageSamples(values.subarray(stretch.from * MESSAGE_RATE, stretch.to * MESSAGE_RATE), isLeveled),
      ),
    [values, isLeveled, stretch],
  );
  const before = useMemo(() => loudest(messageSamples(values, false)), [values]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const trimmed = values.subarray(stretch.from * MESSAGE_RATE, stretch.to * MESSAGE_RATE);
    const samples = messageSamples(trimmed, isLeveled);
    const wrong = messageTrouble((samples.length * 1_000) / MESSAGE_RATE, loudest(samples));
    onTrouble(wrong);
    if (wrong !== null) return;
    const answer = await sendMessage(client, messageWav(samples), name.trim());
    if (!answer.ok) return onTrouble(answer.error.sentence);
    await queries.invalidateQueries({ queryKey: ['messages'] });
    toasts.show({ text: `${answer.value.name} is kept. Choose it in a campaign, and it is played.` });
    onClose();
  };
  return (
    // A sound is as long as it is, and not a tenth of a second: the browser would refuse that without a word.
    <form id={form} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <TrimField samples={whole} stretch={stretch} onChange={setStretch} />
      <p className="text-sm text-muted">
        {clockText((cut.length * 1_000) / MESSAGE_RATE)} long. Loudest moment: {loudnessText(peakDb(before))}{' '}
        as it came, {loudnessText(peakDb(kept))} as it is kept.
      </p>
      <Checkbox
        label="As loud as a line carries"
        description="The loudest moment of the stretch comes 3 dB under full."
        checked={isLeveled}
        onChange={setLeveled}
      />
      <TextField label="Name" required value={name} onChange={onName} maxLength={80} />
    </form>
  );
}

function loudest(samples: Int16Array): number {
  let most = 0;
  for (const sample of samples) most = Math.max(most, Math.abs(sample));
  return most;
}
