import { Download, Wrench } from 'lucide-react';
import { useState } from 'react';
import type { ImportGroup, ImportSheet, StagedRow } from '../../../../shared/contract/imports.ts';
import { countText, counted } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { LoadMore } from '../../../frame/LoadMore.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EditRowDialog } from './EditRowDialog.tsx';
import { FixAlikeDialog } from './FixAlikeDialog.tsx';
import { RowsTable } from './RowsTable.tsx';
import { useImportActs } from './use-acts.ts';
import { type GroupAsked, useGroupRows } from './use-imports.ts';
import { canBeMended, groupName } from './words.ts';

/** The rows of one group, with the cell that the verdict is about, and what can be done to all of them alike. */
export function GroupPanel({ sheet, group }: { sheet: ImportSheet; group: ImportGroup }) {
  const of: GroupAsked = { verdict: group.verdict, reason: group.reason };
  const pages = useGroupRows(sheet.id, of);
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  const acts = useImportActs(sheet);
  const [edited, setEdited] = useState<StagedRow | null>(null);
  const [isFixing, setFixing] = useState(false);
  const isOpen = sheet.state === 'checked';
  const isOut = group.excluded === group.n;
  return (
    <section aria-label={groupName(group)} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-2 px-4 py-2">
        <h3 className="font-semibold">{groupName(group)}</h3>
        <span className="text-muted">
          {counted(group.n, 'row')}
          {group.excluded > 0 && `, ${countText(group.excluded)} left out`}
        </span>
        <div className="ml-auto flex flex-wrap gap-2">
          {isOpen && canBeMended(group.verdict) && (
            <Button size="sm" icon={<Wrench />} onClick={() => setFixing(true)}>
              Fix all alike…
            </Button>
          )}
          {isOpen && (group.going > 0 || isOut) && (
            <Button size="sm" onClick={() => acts.exclude(of, !isOut)}>
              {isOut ? 'Take all back in' : 'Leave all out'}
            </Button>
          )}
          <Button size="sm" icon={<Download />} onClick={() => acts.download(of)}>
            Download
          </Button>
        </div>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- rows may hold no control, so the keyboard needs this to scroll */}
      <section aria-label="Rows" tabIndex={0} className="focus-inset min-h-0 flex-1 overflow-auto">
        <Loaded
          query={{ data: rows, error: pages.error, refetch: pages.refetch }}
          label="Loading rows"
          what="The rows could not be read."
        >
          {(all) => (
            <RowsTable
              sheet={sheet}
              group={group}
              rows={all}
              onEdit={setEdited}
              onFix={(n, cells) => acts.fixRow(n, cells)}
              onExclude={(n, is) => acts.exclude({ n }, is)}
            />
          )}
        </Loaded>
        <LoadMore
          shown={rows?.length ?? 0}
          what={(count) => counted(count, 'row')}
          hasMore={pages.hasNextPage}
          isLoading={pages.isFetchingNextPage}
          onMore={() => void pages.fetchNextPage()}
        />
      </section>
      {edited !== null && (
        <EditRowDialog
          columns={sheet.columns}
          row={edited}
          onClose={() => setEdited(null)}
          onSave={(cells) => void acts.fixRow(edited.n, cells)}
        />
      )}
      {isFixing && (
        <FixAlikeDialog
          sheet={sheet}
          group={group}
          column={rows?.[0]?.column ?? -1}
          onClose={() => setFixing(false)}
          onFix={(change) => acts.fixAlike(of, change)}
        />
      )}
    </section>
  );
}
