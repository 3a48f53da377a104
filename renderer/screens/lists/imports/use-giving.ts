import { useRef, useState } from 'react';
import type { GivenFile } from '../../../../shared/contract/imports.ts';
import { PASTE_CHARS_MAX } from '../../../../shared/contract/sizes.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { giveFile } from '../../../data/files.ts';

export interface Giving {
  /** How much of the file is there; null while none is on its way. */
  readonly part: number | null;
  readonly trouble: string | null;
  give(file: File): void;
  paste(text: string): void;
  stop(): void;
}

/** Hands a file or pasted rows to the engine, and tells when it has them. */
export function useGiving(onGiven: (file: GivenFile) => void): Giving {
  const { imports } = useClient();
  const [part, setPart] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const under = useRef<AbortController | null>(null);

  const take = async (asking: (signal: AbortSignal) => Promise<Answer<GivenFile>>) => {
    under.current?.abort();
    const stop = new AbortController();
    under.current = stop;
    setPart(0);
    setTrouble(null);
    const answer = await asking(stop.signal);
    if (under.current !== stop) return;
    under.current = null;
    setPart(null);
    if (answer.ok) onGiven(answer.value);
    else if (!stop.signal.aborted) setTrouble(answer.error.sentence);
  };

  return {
    part,
    trouble,
    give: (file) => void take((signal) => giveFile(file, setPart, signal)),
    paste: (text) =>
      void take(async (signal) => {
        let kept: Answer<GivenFile> | null = null;
        for (let at = 0; at < text.length && !signal.aborted; at += PASTE_CHARS_MAX) {
          const to: string | null = kept?.value.fileId ?? null;
          const piece = await imports.paste({ text: text.slice(at, at + PASTE_CHARS_MAX), to });
          if (!piece.ok) return piece;
          kept = piece;
          setPart(Math.min(1, at / text.length));
        }
        return kept!;
      }),
    stop: () => under.current?.abort(),
  };
}
