import { useEffect, useRef } from 'react';
import type { ImportSheet } from '../../../../shared/contract/imports.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { useAnnounce } from '../../../ui/Announcer.tsx';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Button } from '../../../ui/Button.tsx';
import { useImportActs } from './use-acts.ts';
import { useProgress } from './use-imports.ts';
import { progressText, stepWord } from './words.ts';

const CALM: Readonly<Record<string, string>> = {
  checking: 'Nothing is imported yet. You may leave this screen: it goes on.',
  checked: 'Nothing is imported yet. You may leave this screen: it goes on.',
  committing:
    'Calls go on meanwhile. You may leave this screen, or stop: what is in by then is whole, and can be gone on with or taken back.',
  undoing: 'Whoever was called stays. You may leave this screen: it goes on.',
};

/** A step under way: how far, how fast, how much longer. Said aloud at every tenth. */
export function Working({ sheet }: { sheet: ImportSheet }) {
  const progress = useProgress(sheet.id, sheet.progress, sheet.isRunning);
  const acts = useImportActs(sheet);
  const title = progress === null ? 'Beginning' : stepWord(progress.step);
  useSpokenTenths(title, progress?.part ?? 0);
  useKeys('screen', [{ id: 'import.stop', keys: 'mod+.', title: 'Stop the import', run: acts.cancel }]);
  return (
    <section aria-label="Progress" className="flex max-w-2xl flex-col gap-4 p-5">
      <ProgressBar
        label={title}
        value={progress?.part ?? null}
        valueText={`${Math.floor((progress?.part ?? 0) * 100)} %`}
      />
      <p data-testid="import-progress" className="text-muted tabular-nums">
        {progress === null ? 'Beginning…' : progressText(progress)}
      </p>
      <p className="text-muted">{CALM[sheet.state]}</p>
      <div>
        <Button shortcut="mod+." onClick={acts.cancel}>
          {sheet.state === 'committing' || sheet.state === 'undoing' ? 'Stop here' : 'Cancel'}
        </Button>
      </div>
    </section>
  );
}

function useSpokenTenths(title: string, part: number): void {
  const announce = useAnnounce();
  const tenth = Math.floor(part * 10);
  const said = useRef(0);
  useEffect(() => {
    if (tenth === said.current || tenth === 0) return;
    said.current = tenth;
    announce(`${title}, ${tenth * 10} percent`);
  }, [announce, title, tenth]);
}
