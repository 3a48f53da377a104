import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { counted, countText } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';
import { SegmentedControl } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextArea, TextField } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { KIND_HINT, KIND_WORD, KINDS, type Kind } from './words.ts';

const OPTIONS = KINDS.map((value) => ({ value, label: KIND_WORD[value] }));

interface Trouble {
  readonly line: number;
  readonly sentence: string;
}

/** One or many at once, typed or pasted. What cannot be read stays in the field, each line with its reason. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { doNotCall } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const toasts = useToasts();
  const [kind, setKind] = useState<Kind>('number');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [source, setSource] = useState('');
  const [troubles, setTroubles] = useState<readonly Trouble[]>([]);
  const whyNot =
    text.trim() === '' ? 'Say who first.' : reason.trim() === '' ? 'Say why, in a few words.' : null;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (whyNot !== null) return;
    const done = await wish(doNotCall.add({ kind, text, reason, source }));
    if (done === null) return;
    void queries.invalidateQueries({ queryKey: ['do-not-call'] });
    const known = done.known === 0 ? '' : ` ${countText(done.known)} were there already.`;
    if (done.added + done.known > 0)
      toasts.show({ text: `${counted(done.added, 'entry', 'entries')} added to do-not-call.${known}` });
    if (done.troubleCount === 0) return onClose();
    // Only what is still to be mended stays.
    const bad = new Set(done.troubles.map(({ line }) => line));
    const lines = text.split(/\r\n|\r|\n/);
    const isAllTold = done.troubleCount === done.troubles.length;
    if (isAllTold) setText(lines.filter((_, nth) => bad.has(nth + 1)).join('\n'));
    setTroubles(isAllTold ? done.troubles.map((each, nth) => ({ ...each, line: nth + 1 })) : done.troubles);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Never call"
      description="From this second on, in every campaign and by every agent."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="never-call" disabledReason={whyNot}>
            Add
          </Button>
        </>
      }
    >
      <form id="never-call" onSubmit={(event) => void add(event)} className="flex flex-col gap-4">
        <SegmentedControl label="What" value={kind} onChange={setKind} options={OPTIONS} />
        <TextArea
          label={`${KIND_WORD[kind]}s`.replace('Companys', 'Companies')}
          description={KIND_HINT[kind]}
          value={text}
          onChange={setText}
          rows={4}
          required
        />
        {troubles.length > 0 && (
          <ul role="alert" className="max-h-40 overflow-y-auto text-sm text-danger-text">
            {troubles.map(({ line, sentence }) => (
              <li key={line}>
                Line {countText(line)}: {sentence}
              </li>
            ))}
          </ul>
        )}
        <TextField label="Why" value={reason} onChange={setReason} maxLength={200} required />
        <TextField
          label="Source"
          description="Where it can be looked up: a letter, a call, a list."
          value={source}
          onChange={setSource}
          maxLength={200}
        />
      </form>
    </Dialog>
  );
}
