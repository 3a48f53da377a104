import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { countText } from '../../../data/words.ts';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';

/** A file is sent in pieces of so many bytes: one of any size passes, and none is held in memory whole. */
const PIECE_BYTES = 120_000;

interface Reading {
  readonly done: number;
  readonly bytes: number;
  readonly numbers: number;
}

/** Which register it is, of which day, and its file. It takes the place of an older copy only when all of it is in. */
export function RegistryDialog({ onClose }: { onClose: () => void }) {
  const { doNotCall } = useClient();
  const queries = useQueryClient();
  const wish = useWish();
  const toasts = useToasts();
  const chooser = useRef<HTMLInputElement>(null);
  const isCalledOff = useRef(false);
  const [name, setName] = useState('National do-not-call register');
  const [jurisdiction, setJurisdiction] = useState('US');
  const [asOf, setAsOf] = useState('');
  const [covers, setCovers] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  useEffect(
    () => () => {
      isCalledOff.current = true;
    },
    [],
  );
  const whyNot =
    file === null
      ? 'Choose its file first.'
      : asOf === ''
        ? 'Say of which day it is.'
        : reading !== null
          ? 'It is being read.'
          : null;

  const read = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null || whyNot !== null) return;
    const begun = await wish(
      doNotCall.beginRegistry({
        name,
        jurisdiction: jurisdiction.toUpperCase(),
        asOf,
        covers: covers.split(/[\s,;]+/).filter((each) => each !== ''),
        fileName: file.name,
      }),
    );
    if (begun === null) return;
    const { id } = begun;
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      const text = await file.slice(at, at + PIECE_BYTES).text();
      const soFar = isCalledOff.current ? null : await wish(doNotCall.addToRegistry({ id, text }));
      if (soFar === null) {
        setReading(null);
        await doNotCall.dropRegistry({ id });
        void queries.invalidateQueries({ queryKey: ['do-not-call'] });
        return;
      }
      setReading({ done: Math.min(file.size, at + PIECE_BYTES), bytes: file.size, numbers: soFar.numbers });
    }
    const ended = await wish(doNotCall.endRegistry({ id }));
    setReading(null);
    void queries.invalidateQueries({ queryKey: ['do-not-call'] });
    if (ended === null) return;
    toasts.show({ text: `${countText(ended.numbers)} numbers of ${ended.name} are left alone from now on.` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Read in a register"
      description="A text file with one number to a line. An older copy stays in use until all of this one is in."
      footer={
        <>
          <Button onClick={onClose}>{reading === null ? 'Cancel' : 'Call off'}</Button>
          <Button variant="primary" type="submit" form="registry" disabledReason={whyNot}>
            Read in
          </Button>
        </>
      }
    >
      <form id="registry" onSubmit={(event) => void read(event)} className="flex flex-col gap-4">
        <TextField label="Name" value={name} onChange={setName} maxLength={80} required />
        <div className="flex gap-3">
          <TextField
            label="Country or state"
            description="US, US-FL, GB"
            className="w-40"
            value={jurisdiction}
            onChange={setJurisdiction}
            maxLength={6}
            required
          />
          <TextField label="As of" type="date" className="w-44" value={asOf} onChange={setAsOf} required />
        </div>
        <TextField
          label="Area codes it covers"
          description="Only where the file speaks for some of them. Empty is all."
          value={covers}
          onChange={setCovers}
          maxLength={4000}
        />
        <div className="flex items-center gap-3">
          <input
            ref={chooser}
            type="file"
            accept=".csv,.txt,.lst,text/plain,text/csv"
            className="sr-only"
            tabIndex={-1}
            aria-hidden
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
          <Button onClick={() => chooser.current?.click()}>Choose its file…</Button>
          <span className="min-w-0 truncate text-muted">{file?.name ?? 'No file chosen'}</span>
        </div>
        {reading !== null && (
          <ProgressBar
            label="Reading"
            value={reading.done / reading.bytes}
            valueText={`${countText(reading.numbers)} numbers`}
          />
        )}
      </form>
    </Dialog>
  );
}
