import type { GivenFile } from '../../shared/contract/imports.ts';
import { FILES_PATH } from '../../shared/contract/pages.ts';
import { FILE_BYTES_MAX, TOO_BIG } from '../../shared/domain/list-import.ts';
import type { Answer } from '../../shared/contract/wire.ts';
import { refused } from '../../shared/lib/result.ts';
import { LOST } from './line.ts';

declare global {
  interface Window {
    /** Put there by the preload in Electron, which reads a file where it lies; a browser sends its bytes. */
    parleyFiles?: { give(file: File): Promise<Answer<GivenFile>> };
  }
}

/** Gives a file to the engine. `told` hears how much of it is there, from 0 to 1; the signal stops it. */
export function giveFile(
  file: File,
  told: (part: number) => void,
  signal: AbortSignal,
): Promise<Answer<GivenFile>> {
  // Told before the first byte is sent: the other side could only hang up.
  if (file.size > FILE_BYTES_MAX) return Promise.resolve(refused({ code: 'too-large', sentence: TOO_BIG }));
  if (window.parleyFiles !== undefined) return window.parleyFiles.give(file).catch(() => refused(LOST));
  // Not `fetch`, which does not tell how much of a body has gone.
  const sending = new XMLHttpRequest();
  return new Promise((resolve) => {
    const lost = () => resolve(refused(LOST));
    sending.open('POST', `${FILES_PATH}?name=${encodeURIComponent(file.name)}`);
    sending.upload.addEventListener('progress', ({ loaded, total }) =>
      told(total === 0 ? 1 : loaded / total),
    );
    sending.addEventListener('load', () => resolve(answerIn(sending.responseText)));
    sending.addEventListener('error', lost);
    sending.addEventListener('abort', lost);
    signal.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(file);
  });
}

function answerIn(text: string): Answer<GivenFile> {
  try {
    return JSON.parse(text) as Answer<GivenFile>;
  } catch {
    return refused({ code: 'not-allowed', sentence: text.trim() });
  }
}

/** Fetches a finished file by the link that the engine gave for it. */
export function download(link: string, name: string): void {
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.download = name;
  anchor.click();
}

/** Saves text that the engine tells piece by piece as a file of this computer. */
export function saveText(name: string, pieces: readonly string[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([...pieces], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  // Chromium has the bytes by then; the address would keep them in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
