import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ImportSheet } from '../../../../shared/contract/imports.ts';
import { countText, counted, exactText } from '../../../data/words.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { GroupsAndRows } from './CheckStep.tsx';
import { useImportActs } from './use-acts.ts';
import { inText, standingText } from './words.ts';

/** An import that is in, half in, or out again: what came of it, and the way back. */
export function Over({ sheet }: { sheet: ImportSheet }) {
  const acts = useImportActs(sheet);
  const navigate = useNavigate();
  const title = useRef<HTMLDivElement>(null);
  useEffect(() => title.current?.focus(), [sheet.state]);
  const isIn = sheet.state === 'committed';
  const isHalf = sheet.state === 'committing' || sheet.state === 'undoing';
  const canUndo = isIn || isHalf;
  const goOn = sheet.state === 'undoing' ? acts.undo : acts.commit;
  useKeys('screen', [
    {
      id: 'import.undo',
      keys: 'mod+z',
      title: 'Take the import back',
      run: acts.undo,
      whyNot: canUndo ? null : 'There is nothing of this import to take back.',
    },
    ...(isHalf ? [{ id: 'import.go-on', keys: 'mod+enter', title: 'Go on', run: goOn }] : []),
  ]);
  return (
    <>
      {sheet.trouble !== null && <Banner tone="bad" title={sheet.trouble} />}
      <div ref={title} tabIndex={-1} className="outline-none">
        <Banner
          tone={isIn ? 'good' : 'neutral'}
          title={titleOf(sheet)}
          actions={
            <>
              {isHalf && (
                <Button variant="primary" shortcut="mod+enter" onClick={goOn}>
                  Go on
                </Button>
              )}
              {canUndo && sheet.state !== 'undoing' && (
                <Button icon={<Undo2 />} shortcut="mod+z" onClick={acts.undo}>
                  Undo
                </Button>
              )}
              <Button onClick={() => void navigate({ to: '/lists', search: {} })}>Show the lists</Button>
            </>
          }
        >
          {noteOf(sheet)}
        </Banner>
      </div>
      {sheet.hasRows && sheet.state !== 'undone' ? (
        <>
          <h2 className="sr-only">What became of the rows</h2>
          <GroupsAndRows sheet={sheet} />
        </>
      ) : (
        <p className="px-5 py-4 text-muted">
          {sheet.state === 'undone'
            ? 'The rows of the file are not kept. Import it again if you want them back.'
            : 'The rows of the file are not kept any more.'}
        </p>
      )}
    </>
  );
}

function titleOf(sheet: ImportSheet): string {
  if (sheet.state !== 'committed') return `${standingText(sheet)}.`;
  const when = sheet.committedAt === null ? '' : `, ${exactText(sheet.committedAt)}`;
  return `${inText(sheet)} from ${sheet.fileName}${when}.`;
}

function noteOf({ state, called, campaigns, added, stayed }: ImportSheet): string {
  if (state === 'undone')
    return stayed === 0 ? 'Nothing of it is left.' : 'Whoever was called stays with all that was said.';
  const into = campaigns.length === 0 ? '' : `They are in ${campaigns.join(', ')}. `;
  if (called === null || called === 0) return into;
  return `${into}${counted(called, 'contact')} of it ${called === 1 ? 'was' : 'were'} called: an undo takes the other ${countText(added - called)} and leaves ${called === 1 ? 'that one' : 'those'}.`;
}
