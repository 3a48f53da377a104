import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { BulkJob } from '../../../../shared/contract/contacts.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { countText } from '../../../data/words.ts';
import { useAnnounce } from '../../../ui/Announcer.tsx';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Button } from '../../../ui/Button.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';

const JOBS = ['contact-jobs'];

/** A change to many contacts while it runs, and the way to take it back once it is done. */
export function JobBar({ onEnded }: { onEnded: () => void }) {
  const { contacts } = useClient();
  const wish = useWish();
  const queries = useQueryClient();
  const jobs = useQuery({ queryKey: JOBS, queryFn: () => answered(contacts.jobs()) }).data;
  const undo = async (id: number) => {
    await wish(contacts.undoJob({ id }));
    void queries.invalidateQueries({ queryKey: JOBS });
  };
  useSaid(jobs, undo, onEnded);
  const running = jobs?.find(isRunning);
  if (running === undefined) return null;
  const isUndo = running.state === 'undoing';
  const total = isUndo ? Math.max(1, running.lookedAt + running.changed) : Math.max(1, running.total);
  return (
    <div className="flex items-center gap-4 border-b bg-sunken px-5 py-2">
      <ProgressBar
        className="max-w-xl flex-1"
        label={isUndo ? 'Taking it back' : 'Changing contacts'}
        value={Math.min(1, running.lookedAt / total)}
        valueText={`${countText(running.lookedAt)} of ${countText(total)}`}
      />
      <Button size="sm" onClick={() => void wish(contacts.stopJob({ id: running.id }))}>
        Stop
      </Button>
    </div>
  );
}

function isRunning({ state }: BulkJob): boolean {
  return state === 'running' || state === 'undoing';
}

/** Says how a change ended that was seen to run, and offers its undo. */
function useSaid(
  jobs: readonly BulkJob[] | undefined,
  undo: (id: number) => Promise<void>,
  onEnded: () => void,
): void {
  const toasts = useToasts();
  const announce = useAnnounce();
  // What had ended before this screen came is no news.
  const seen = useRef<{ at: number | null; ended: Set<string> }>({ at: null, ended: new Set() });
  useEffect(() => {
    if (jobs === undefined) return;
    const { ended } = seen.current;
    const isFirst = seen.current.at === null;
    seen.current.at = 1;
    for (const job of jobs.filter((each) => !isRunning(each))) {
      const key = `${job.id} ${job.state}`;
      if (ended.has(key)) continue;
      ended.add(key);
      if (isFirst) continue;
      const text = sentenceFor(job);
      announce(text);
      const detail = job.stays.map(({ why, count }) => `${countText(count)} ${why}`).join('; ');
      const canUndo = job.state !== 'undone' && job.changed > 0;
      toasts.show({
        text,
        ...(detail === '' ? {} : { detail }),
        ...(canUndo ? { undo: () => void undo(job.id) } : {}),
      });
      onEnded();
    }
  });
}

function sentenceFor({ state, sentence }: BulkJob): string {
  if (state === 'undone') return 'It was taken back.';
  return state === 'stopped' ? `Stopped: ${sentence}` : sentence;
}
