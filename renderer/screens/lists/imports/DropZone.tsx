import { FileSpreadsheet, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Button } from '../../../ui/Button.tsx';
import { cn } from '../../../ui/cn.ts';
import { saveText } from '../../../data/files.ts';
import type { Giving } from './use-giving.ts';

/** A file comes in by dropping it anywhere on the screen, by the button, or by pasting rows. */
export function DropZone({ giving }: { giving: Giving }) {
  const box = useRef<HTMLInputElement>(null);
  const isOver = useDropAnywhere(giving.give);
  usePasteAnywhere(giving.paste);
  const choose = () => box.current?.click();
  useKeys('screen', [
    { id: 'import.choose', keys: 'o', title: 'Choose a file', run: choose },
    { id: 'import.sample', keys: 's', title: 'Download a sample', run: saveSample },
  ]);
  return (
    <div className="p-5">
      <div
        className={cn(
          'flex min-h-72 flex-col items-center justify-center gap-4 rounded-lg border border-dashed border-edge p-8 text-center',
          isOver && 'border-accent-text bg-selected',
        )}
      >
        <FileSpreadsheet aria-hidden className="size-8 text-muted" />
        <div>
          <p className="text-lg font-semibold">Drop a list here</p>
          <p className="text-muted">CSV or Excel, up to 1,000,000 rows. Or paste rows from a spreadsheet.</p>
        </div>
        {giving.part === null ? (
          <Button variant="primary" icon={<Upload />} shortcut="o" onClick={choose}>
            Choose a file
          </Button>
        ) : (
          <div className="flex w-72 flex-col gap-3">
            <ProgressBar label="Taking the file" value={giving.part} />
            <Button onClick={giving.stop}>Stop</Button>
          </div>
        )}
        <input
          ref={box}
          type="file"
          aria-label="File to import"
          accept=".csv,.tsv,.tab,.txt,.xlsx"
          className="sr-only"
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            // The same file chosen again is a change, too.
            currentTarget.value = '';
            if (file !== undefined) giving.give(file);
          }}
        />
        {giving.trouble !== null && (
          <p role="alert" className="max-w-[64ch] text-danger-text">
            {giving.trouble}
          </p>
        )}
      </div>
      <p className="mt-4 text-muted">
        Nothing is imported before you have seen what becomes of every row, and all of it can be taken back.
      </p>
      <p className="mt-3 flex items-center gap-3 text-muted">
        No list at hand?
        <Button size="sm" shortcut="s" onClick={saveSample}>
          Download a sample
        </Button>
      </p>
    </div>
  );
}

function useDropAnywhere(give: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(give);
  useEffect(() => {
    latest.current = give;
  });
  useEffect(() => {
    const stops = new AbortController();
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) latest.current(file);
    };
    window.addEventListener('dragover', over, stops);
    window.addEventListener('dragleave', leave, stops);
    window.addEventListener('drop', drop, stops);
    return () => stops.abort();
  }, []);
  return isOver;
}

function usePasteAnywhere(paste: (text: string) => void): void {
  const latest = useRef(paste);
  useEffect(() => {
    latest.current = paste;
  });
  useEffect(() => {
    const stops = new AbortController();
    const take = (event: ClipboardEvent) => {
      const isTyping =
        event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping || text.trim() === '') return;
      event.preventDefault();
      latest.current(text);
    };
    window.addEventListener('paste', take, stops);
    return () => stops.abort();
  }, []);
}

/** Every column that Parley knows, with people who do not exist. */
const SAMPLE = [
  'Name,Company,Phone,Mobile,E-mail,City,State,ZIP,Time zone,Opt in,Consent date,Plan',
  'Ada Byron,Globex,(212) 555-0101,212-555-0187,ada@globex.example,New York,NY,10001,,yes,2026-03-01,gold',
  '"Lopez, Maria",Initech,+1 503 555 0144,,maria@initech.example,Portland,OR,97201,America/Los_Angeles,no,,silver',
];

function saveSample(): void {
  saveText('parley-sample.csv', [`\ufeff${SAMPLE.join('\r\n')}\r\n`]);
}
