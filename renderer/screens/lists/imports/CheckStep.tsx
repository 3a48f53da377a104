import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Check, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ImportGroup, ImportSheet } from '../../../../shared/contract/imports.ts';
import { countText, counted } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { GroupList } from './GroupList.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { Foot } from './NewImport.tsx';
import { useImportActs } from './use-acts.ts';
import { useGroups } from './use-imports.ts';

/** What there is to say about every row, before any of them goes in. */
export function CheckStep({ sheet }: { sheet: ImportSheet }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const staying = Object.values(sheet.counts).reduce((sum, n) => sum + n, 0) - sheet.going;
  return (
    <>
      {sheet.trouble !== null && <Banner tone="bad" title={sheet.trouble} />}
      <div className="flex min-h-0 flex-1 flex-col">
        <h2 ref={title} tabIndex={-1} className="px-5 pt-4 pb-2 text-lg font-semibold outline-none">
          {countText(sheet.going)} can go in
          {staying > 0 && `, ${countText(staying)} stay out`}
        </h2>
        <GroupsAndRows sheet={sheet} />
      </div>
      <CommitFoot sheet={sheet} />
    </>
  );
}

/** The groups at the left, the rows of the one that is open at the right. */
export function GroupsAndRows({ sheet }: { sheet: ImportSheet }) {
  const { group: asked } = useSearch({ from: '/lists/import/$id' });
  const navigate = useNavigate();
  const groups = useGroups(sheet.id, sheet.hasRows);
  const open = (group: ImportGroup) =>
    void navigate({
      to: '/lists/import/$id',
      params: { id: sheet.id },
      search: { group: keyOf(group) },
      replace: true,
    });
  return (
    <Loaded query={groups} label="Loading the groups" what="The rows could not be read.">
      {(all) => {
        const shown = all.find((group) => keyOf(group) === asked) ?? worstOf(all);
        return (
          <div className="flex min-h-0 flex-1 flex-col border-t two:flex-row">
            <GroupList groups={all} shown={shown} onOpen={open} />
            {shown !== null && <GroupPanel key={keyOf(shown)} sheet={sheet} group={shown} />}
          </div>
        );
      }}
    </Loaded>
  );
}

function keyOf({ verdict, reason }: ImportGroup): string {
  return `${verdict} ${reason}`.trim();
}

/** What is opened by itself: the largest group that a person can do something about. */
function worstOf(groups: readonly ImportGroup[]): ImportGroup | null {
  return (
    groups.find(({ verdict }) => verdict === 'bad-number') ??
    groups.find(({ verdict }) => verdict === 'no-zone') ??
    groups.find(({ verdict }) => verdict !== 'ready') ??
    groups[0] ??
    null
  );
}

function CommitFoot({ sheet }: { sheet: ImportSheet }) {
  const acts = useImportActs(sheet);
  const whyNot = sheet.going === 0 ? 'No row can go in. Mend some, or map the file another way.' : null;
  useKeys('screen', [
    { id: 'import.commit', keys: 'mod+enter', title: 'Put them in', run: acts.commit, whyNot },
    { id: 'import.again', keys: 'mod+backspace', title: 'Map another way', run: acts.again },
  ]);
  const into = sheet.campaigns.length === 0 ? '' : ` and into ${sheet.campaigns.join(', ')}`;
  return (
    <Foot>
      <Button icon={<ArrowLeft />} onClick={acts.again}>
        Map another way
      </Button>
      <Button
        variant="primary"
        icon={<Check />}
        shortcut="mod+enter"
        disabledReason={whyNot}
        onClick={acts.commit}
      >
        Put {counted(sheet.going, 'row')} in
      </Button>
      <p className="min-w-0 text-sm text-muted">
        Into the list {sheet.list}
        {into}. It can be taken back.
      </p>
      <Button variant="ghost" className="ml-auto" icon={<Trash2 />} onClick={acts.drop}>
        Throw away
      </Button>
    </Foot>
  );
}
