import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { FoundCall } from '../../../shared/contract/records.ts';
import { CALL_SORTS, LATEST_FIRST, readCallFilter } from '../../../shared/domain/call-filter.ts';
import { useClient } from '../../data/client.tsx';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { counted, countText } from '../../data/words.ts';
import { useKeys } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Drawer } from '../../ui/Drawer.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Grid, type GridHandle } from '../../ui/grid/Grid.tsx';
import { NOBODY, type Selection, everybody, selectedCount } from '../../ui/grid/selection.ts';
import { useOpening } from '../../ui/grid/use-opening.ts';
import { ExportBar } from '../lists/contacts/ExportBar.tsx';
import { FilterField } from '../lists/contacts/FilterField.tsx';
import { useExport } from '../lists/contacts/use-export.ts';
import { Views } from '../lists/contacts/Views.tsx';
import { CallDrawer } from './CallDrawer.tsx';
import { DaysMenu } from './DaysMenu.tsx';
import { Figures } from './Figures.tsx';
import { NoCalls } from './NoCalls.tsx';
import { useAsked } from './use-asked.ts';
import { useCallResult, useCallRows, useCallSuggestions, useFreshCalls } from './use-calls.ts';
import { useColumns } from './use-columns.tsx';

/** All calls, or those the filter finds: a million rows like ten. The call that is open stands beside them. */
export function CallsPanel() {
  const { filter, typed, setTyped, sort, setSort, openId, setOpen, show } = useAsked();
  const { calls, recordings } = useClient();
  const grid = useRef<GridHandle>(null);
  const result = useCallResult(filter, sort);
  const { rowAt, onShown, isAtTop } = useCallRows(result.data?.resultId);
  const [selection, setSelection] = useSelectionOf(result.data?.resultId);
  const fresh = useFreshCalls(selection.length > 0 || !isAtTop || openId !== null);
  const columns = useColumns(setOpen, openId !== null);
  const exporting = useExport('call', calls.export);
  const zipping = useExport('call', ({ target: of }) => recordings.export({ target: of }));
  const count = result.data?.count ?? 0;
  const chosen = selectedCount(selection);
  // While another list is on its way, these rows are no longer what is meant.
  const isSettled = !result.isPlaceholderData && typed.trim() === filter.trim();
  const listKey = `${filter} ${sort.key} ${sort.direction}`;
  const opening = useOpening({ rowAt, isSettled, listKey, open: ({ id }) => setOpen(id) });
  const close = () => {
    setOpen(null);
    grid.current?.focus();
  };
  useKeys('screen', [
    {
      id: 'calls.all',
      keys: 'alt+a',
      title: 'Choose all calls found',
      run: () => setSelection(everybody(count)),
    },
    { id: 'row.next', keys: 'j', title: 'Next call', run: () => grid.current?.step(1), repeats: true },
    {
      id: 'row.previous',
      keys: 'k',
      title: 'Previous call',
      run: () => grid.current?.step(-1),
      repeats: true,
    },
  ]);
  const target =
    result.data === undefined
      ? null
      : { resultId: result.data.resultId, ranges: chosen > 0 ? [...selection] : [...everybody(count)] };
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex flex-wrap items-start gap-2 border-b px-5 py-2">
          <FilterField
            label="Filter calls"
            placeholder="Words in notes and transcripts, names, or agent: outcome: >2m on:today …"
            mistake={readCallFilter(typed).mistakes[0]?.sentence ?? null}
            useSuggestions={useCallSuggestions}
            value={typed}
            onChange={setTyped}
            onDone={() => {
              show(typed, sort);
              grid.current?.focus();
            }}
          />
          <DaysMenu filter={typed} zone={result.data?.zone ?? ''} onFilter={(next) => show(next, sort)} />
          <Views cacheKey="call-views" kept={calls} filter={filter} sort={sort} onShow={show} />
        </div>
        <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-1 text-sm">
          <span aria-live="polite" className="text-muted">
            {result.data === undefined ? 'Looking…' : counted(count, 'call')}
            {chosen > 0 && `, ${countText(chosen)} chosen`}
          </span>
          <Figures filter={filter} resultId={result.data?.resultId} />
          {fresh.isStale && (
            <Button
              size="sm"
              onClick={() => {
                setSelection(NOBODY);
                fresh.refresh();
              }}
            >
              Calls came since: show anew
            </Button>
          )}
          <ExportMenu
            isAll={chosen === 0}
            count={chosen === 0 ? count : chosen}
            onExport={(format) => target !== null && void exporting.begin(target, format)}
            onZip={() => target !== null && void zipping.begin(target, 'csv')}
          />
        </div>
        <ExportBar exporting={zipping.row === null ? exporting : zipping} />
        {result.error !== null && result.data === undefined ? (
          <ErrorState
            className="px-5"
            what="The calls could not be read."
            safe="Nothing was changed."
            next={result.error.message}
            action={{ label: 'Try again', run: () => void result.refetch() }}
          />
        ) : result.data !== undefined && count === 0 ? (
          <NoCalls filter={filter} onFilter={(next) => show(next, LATEST_FIRST)} />
        ) : (
          <Grid<FoundCall>
            ref={grid}
            label={filter === '' ? 'Calls' : `Calls found by ${filter}`}
            columns={columns}
            count={count}
            rowAt={rowAt}
            onShown={onShown}
            listKey={listKey}
            sort={sort}
            onSort={({ key, direction }) => {
              const known = CALL_SORTS.find((each) => each === key);
              if (known !== undefined) setSort({ key: known, direction });
            }}
            selection={selection}
            onSelection={setSelection}
            onOpen={opening.openAt}
            // The open call goes along with the arrows.
            onActive={(index) => (openId === null ? opening.letGo() : opening.openAt(index))}
            keptAs="calls"
          />
        )}
      </div>
      {openId !== null && (
        <Drawer open onOpenChange={close} title="Call" width={480}>
          <CallDrawer key={openId} id={openId} filter={filter} onClose={close} />
        </Drawer>
      )}
    </div>
  );
}

interface ExportMenuProps {
  isAll: boolean;
  count: number;
  onExport: (format: 'csv' | 'xlsx') => void;
  onZip: () => void;
}

function ExportMenu({ isAll, count, onExport, onZip }: ExportMenuProps) {
  const notAllowed = useWhyNotAllowed('supervisor');
  const whyNot = notAllowed ?? (count === 0 ? 'There is nothing to export.' : null);
  return (
    <span className="ml-auto">
      <Menu
        align="end"
        trigger={
          <Button size="sm" icon={<Download />} disabledReason={whyNot}>
            Export {isAll ? 'all' : 'chosen'}
          </Button>
        }
        sections={[
          {
            title: counted(count, 'call'),
            items: [
              { label: 'As CSV', run: () => onExport('csv') },
              { label: 'As Excel workbook', run: () => onExport('xlsx') },
              { label: 'Their recordings, with an index', run: onZip },
            ],
          },
        ]}
      />
    </span>
  );
}

/** Chosen rows are places in one result: another result has others. */
function useSelectionOf(resultId: number | undefined) {
  const [held, setHeld] = useState<{ of: number | undefined; selection: Selection }>({
    of: resultId,
    selection: NOBODY,
  });
  const selection = held.of === resultId ? held.selection : NOBODY;
  return [selection, (next: Selection) => setHeld({ of: resultId, selection: next })] as const;
}
