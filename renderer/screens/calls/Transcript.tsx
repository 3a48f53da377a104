import { useState } from 'react';
import type { CallSheet } from '../../../shared/contract/call-details.ts';
import { readCallFilter } from '../../../shared/domain/call-filter.ts';
import { excerptOf } from '../../../shared/domain/excerpt.ts';
import { counted } from '../../data/words.ts';
import { cn } from '../../ui/cn.ts';
import { TextField } from '../../ui/TextField.tsx';
import { clockText } from '../../ui/time-text.ts';
import { Part } from './CallDrawer.tsx';

/** What was said, as a conversation. Lines with the words that are looked for are marked, and can be shown alone. */
export function Transcript({ call: { transcript }, filter }: { call: CallSheet; filter: string }) {
  const { words, phrases } = readCallFilter(filter);
  const [typed, setTyped] = useState([...phrases, ...words].join(' '));
  if (transcript.length === 0)
    return (
      <Part title="Transcript">
        <p className="text-muted">There is no transcript of this call.</p>
      </Part>
    );
  const looked = typed.trim() === '' ? [] : [typed.trim()];
  const lines = transcript.map((line, nth) => ({ ...line, nth, found: excerptOf([line.text], looked) }));
  const hits = lines.filter(({ found }) => found !== null).length;
  // The words of the list's filter may stand in the note, or apart: then nothing is hidden.
  const shown = hits === 0 ? lines : lines.filter(({ found }) => found !== null);
  return (
    <Part title="Transcript">
      <TextField label="Search in the transcript" value={typed} onChange={setTyped} maxLength={200} />
      <p aria-live="polite" className="my-1 text-sm text-muted">
        {looked.length > 0 && (hits === 0 ? 'Not said in these words.' : `Said in ${counted(hits, 'line')}.`)}
      </p>
      <ol className="flex flex-col gap-1.5">
        {shown.map(({ nth, speaker, fromMs, text, found }) => (
          <li
            key={nth}
            className={cn(
              'max-w-[85%] rounded-md px-2.5 py-1 select-text',
              speaker === 'agent' ? 'self-end bg-selected' : 'self-start bg-sunken',
            )}
          >
            <p className="text-sm text-muted">
              {speaker === 'agent' ? 'Us' : 'Them'}, {clockText(fromMs)}
            </p>
            <p>
              <Marked text={text} hit={found?.hit ?? ''} />
            </p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

/** A line with the place that was found in it. */
function Marked({ text, hit }: { text: string; hit: string }) {
  const at = hit === '' ? -1 : text.indexOf(hit);
  if (at === -1) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{hit}</mark>
      {text.slice(at + hit.length)}
    </>
  );
}
