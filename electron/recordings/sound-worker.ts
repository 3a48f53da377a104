import { parentPort } from 'node:worker_threads';
import { keepPeaks, lookAtSound } from './look-at-sound.ts';
import type { LookOrder, LookWord } from './sound-thread.ts';

/* The thread that reads a sound once from end to end: its print, its length, and how loud it is where. */

parentPort?.on('message', ({ nth, file, peaksFile }: LookOrder) => {
  const tell = (word: LookWord) => parentPort?.postMessage(word, []);
  try {
    const looked = lookAtSound(file);
    if (!looked.ok) return tell({ nth, sentence: looked.error });
    keepPeaks(peaksFile, looked.value);
    const { peaks: _peaks, ...facts } = looked.value;
    return tell({ nth, facts });
  } catch (error) {
    return tell({ nth, thrown: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
});
