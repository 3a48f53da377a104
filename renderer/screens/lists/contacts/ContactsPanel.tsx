import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GridRow } from '../../../../shared/contract/contacts.ts';
import {
  CONTACT_SORTS,
  type ContactSort,
  USUAL_SORT,
  readContactFilter,
} from '../../../../shared/domain/contact-filter.ts';
import type { Instant } from '../../../../shared/lib/instants.ts';
import { useClient } from '../../../data/client.tsx';
import { counted, countText, whenText } from '../../../data/words.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Grid, type GridColumn, type GridHandle } from '../../../ui/grid/Grid.tsx';
import { NOBODY, type Selection, everybody, selectedCount } from '../../../ui/grid/selection.ts';
import { useOpening } from '../../../ui/grid/use-opening.ts';
import { useNow } from '../../../ui/use-now.tsx';
import { BulkBar } from './BulkBar.tsx';
import { ExportBar } from './ExportBar.tsx';
import { FilterField } from './FilterField.tsx';
import { JobBar } from './JobBar.tsx';
import { NobodyHere } from './NobodyHere.tsx';
import { useContactResult, useContactRows, useFreshResult } from './use-contacts.ts';
import { useExport } from './use-export.ts';
import { useSuggestions } from './use-suggestions.ts';
import { Views } from './Views.tsx';

const MINUTE_MS = 60_000;

/** Everybody, or whom the filter finds: a million rows like ten. Filter and order stay in the address. */
export function ContactsPanel() {
  const { filter, typed, setTyped, sort, setSort, show } = useAsked();
  const navigate = useNavigate();
  const { contacts } = useClient();
  const grid = useRef<GridHandle>(null);
  const result = useContactResult(filter, sort);
  const listKey = `${filter} ${sort.key} ${sort.direction}`;
  const { shown, selection, setSelection } = useHeldResult(result.data, listKey);
  const { rowAt, onShown } = useContactRows(shown?.resultId, () => setSelection(NOBODY));
  const fresh = useFreshResult(selection.length > 0);
  const columns = useColumns((id) => void navigate({ to: '/lists/contact/$id', params: { id } }));
  const count = shown?.count ?? 0;
  // While another list is on its way, these rows are no longer what is meant.
  const isSettled = !result.isPlaceholderData && typed.trim() === filter.trim();
  const opening = useOpening({
    rowAt,
    isSettled,
    listKey,
    open: ({ id }) => void navigate({ to: '/lists/contact/$id', params: { id } }),
  });
  useKeys('screen', [
    {
      id: 'contacts.all',
      keys: 'alt+a',
      title: 'Choose all contacts found',
      run: () => setSelection(everybody(count)),
    },
  ]);
  const chosen = selectedCount(selection);
  const exporting = useExport('contact', contacts.export);
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <div className="flex flex-wrap items-start gap-2 border-b px-5 py-2">
        <FilterField
          label="Filter contacts"
          placeholder="Names, companies, numbers, notes, or list: tag: due: …"
          mistake={readContactFilter(typed).mistakes[0]?.sentence ?? null}
          useSuggestions={useSuggestions}
          value={typed}
          onChange={setTyped}
          onDone={() => {
            show(typed, sort);
            grid.current?.focus();
          }}
        />
        <Views cacheKey="contact-views" kept={contacts} filter={filter} sort={sort} onShow={show} />
      </div>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-1 text-sm">
        <span aria-live="polite" className="text-muted">
          {shown === undefined ? 'Looking…' : counted(count, 'contact')}
          {chosen > 0 && `, ${countText(chosen)} chosen`}
        </span>
        <BulkBar
          target={shown === undefined ? null : { resultId: shown.resultId, ranges: selection }}
          count={count}
          chosen={chosen}
          onChoose={setSelection}
          onExport={(format) =>
            shown !== undefined &&
            void exporting.begin({ resultId: shown.resultId, ranges: [...selection] }, format)
          }
        />
        {fresh.isStale && (
          <Button
            size="sm"
            onClick={() => {
              setSelection(NOBODY);
              fresh.refresh();
            }}
          >
            Changed since: show anew
          </Button>
        )}
      </div>
      <ExportBar exporting={exporting} />
      <JobBar onEnded={() => setSelection(NOBODY)} />
      {result.error !== null && shown === undefined ? (
        <ErrorState
          className="px-5"
          what="The contacts could not be read."
          safe="Nothing was changed."
          next={result.error.message}
          action={{ label: 'Try again', run: () => void result.refetch() }}
        />
      ) : shown !== undefined && count === 0 ? (
        <NobodyHere filter={filter} onFilter={setTyped} />
      ) : (
        <Grid<GridRow>
          ref={grid}
          label={filter === '' ? 'Contacts' : `Contacts found by ${filter}`}
          columns={columns}
          count={count}
          rowAt={rowAt}
          onShown={onShown}
          listKey={listKey}
          sort={sort}
          onSort={({ key, direction }) => {
            const known = CONTACT_SORTS.find((each) => each === key);
            if (known !== undefined) setSort({ key: known, direction });
          }}
          selection={selection}
          onSelection={setSelection}
          onOpen={opening.openAt}
          onActive={opening.letGo}
          keptAs="contacts"
        />
      )}
    </div>
  );
}

function useColumns(onOpen: (id: number) => void): readonly GridColumn<GridRow>[] {
  const now = useNow(MINUTE_MS);
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  return useMemo(
    () => [
      {
        key: 'name',
        header: 'Name',
        width: 180,
        sortable: true,
        cell: (row) => (
          // For the pointer: on the keyboard Enter opens the row.
          <button
            type="button"
            tabIndex={-1}
            onClick={() => latest.current(row.id)}
            className="max-w-full truncate text-left font-medium hover:underline"
          >
            {row.name}
          </button>
        ),
      },
      { key: 'company', header: 'Company', width: 150, sortable: true, cell: (row) => row.company },
      { key: 'place', header: 'Place', width: 120, cell: (row) => row.place },
      { key: 'number', header: 'Number', width: 130, cell: (row) => row.number || '–' },
      { key: 'list', header: 'List', width: 120, sortable: true, cell: (row) => row.list },
      { key: 'tags', header: 'Tags', width: 100, cell: (row) => <Tags tags={row.tags} /> },
      {
        key: 'called',
        header: 'Last called',
        width: 110,
        cell: (row) => <LastCalled at={row.lastCalledAt} now={now} />,
      },
    ],
    [now],
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

function LastCalled({ at, now }: { at: Instant | null; now: number }) {
  return at === null ? <span className="text-muted">never</span> : whenText(at, now);
}

interface Result {
  readonly resultId: number;
  readonly count: number;
}

/**
 * Chosen rows are places in one result: as long as some are chosen that one stays on screen, also when the same list
 * was opened anew behind it.
 */
function useHeldResult(latest: Result | undefined, listKey: string) {
  const [held, setHeld] = useState<{ key: string; result: Result; selection: Selection } | null>(null);
  const isHeld = held !== null && held.key === listKey && held.selection.length > 0;
  const shown = isHeld ? held.result : latest;
  return {
    shown,
    selection: isHeld ? held.selection : NOBODY,
    setSelection: (selection: Selection) =>
      setHeld(shown === undefined ? null : { key: listKey, result: shown, selection }),
  };
}

const TYPING_MS = 150;

/** What is typed, and what is asked once the hand rests and it can be read. */
function useAsked() {
  const { filter = '', sort: sorted } = useSearch({ from: '/lists' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(filter);
  const sort = sortFrom(sorted);
  const go = (next: string, order: ContactSort) => {
    const search = { ...(next === '' ? {} : { filter: next }), ...sortText(order) };
    return navigate({ to: '/lists', search, replace: true });
  };
  useEffect(() => {
    if (typed === filter || readContactFilter(typed).mistakes.length > 0) return undefined;
    const timer = setTimeout(() => void go(typed, sort), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return {
    filter,
    typed,
    setTyped,
    sort,
    setSort: (next: ContactSort) => void go(typed, next),
    show: (next: string, order: ContactSort) => {
      setTyped(next);
      void go(next, order);
    },
  };
}

/** `company`, or `-company` for the other way round. */
function sortFrom(text: string | undefined): ContactSort {
  const key = CONTACT_SORTS.find((each) => each === text?.replace(/^-/, ''));
  if (key === undefined) return USUAL_SORT;
  return { key, direction: text!.startsWith('-') ? 'descending' : 'ascending' };
}

function sortText({ key, direction }: ContactSort): { sort?: string } {
  if (key === USUAL_SORT.key && direction === USUAL_SORT.direction) return {};
  return { sort: direction === 'descending' ? `-${key}` : key };
}
