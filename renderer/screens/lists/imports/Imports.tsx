import { useNavigate } from '@tanstack/react-router';
import { FileUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ImportRow } from '../../../../shared/contract/imports.ts';
import { MINUTE_MS } from '../../../../shared/lib/instants.ts';
import { useClock } from '../../../data/now.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { exactText, timeText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { ProgressBar } from '../../../ui/Bars.tsx';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { useImportActs } from './use-acts.ts';
import { useImports, useProgress } from './use-imports.ts';
import { inText, progressText, standingText, stepWord } from './words.ts';

/** The button to the first step, with its key. For the head of the lists’ screen. */
export function ImportButton() {
  const navigate = useNavigate();
  const whyNot = useWhyNotAllowed('supervisor');
  const go = () => void navigate({ to: '/lists/import', search: {} });
  useKeys('screen', [{ id: 'lists.import', keys: 'i', title: 'Import a list', run: go, whyNot }]);
  return (
    <Button icon={<FileUp />} shortcut="i" disabledReason={whyNot} onClick={go}>
      Import
    </Button>
  );
}

/** What is under way, or just came in, wherever one looks at the lists. Nothing at all when nothing did. */
export function RunningImport() {
  const { data } = useImports();
  const running = data?.find(({ isRunning }) => isRunning);
  if (running !== undefined) return <Running key={running.id} row={running} />;
  const [last] = data ?? [];
  return last?.state === 'committed' ? <JustIn key={last.id} row={last} /> : null;
}

/** As long as a supervisor may still be thinking about it. */
const NEWS_MS = 10 * MINUTE_MS;

/** The last import, for a while, with its way back. */
function JustIn({ row }: { row: ImportRow }) {
  const clock = useClock();
  const acts = useImportActs(row);
  const [isNews, setNews] = useState(true);
  const at = row.committedAt;
  if (!isNews || at === null || clock.now() - at > NEWS_MS) return null;
  return (
    <Banner
      tone="good"
      title={`${inText(row)} from ${row.fileName}, ${timeText(at)}.`}
      onDismiss={() => setNews(false)}
      actions={
        <Button size="sm" icon={<Undo2 />} onClick={acts.undo}>
          Undo
        </Button>
      }
    />
  );
}

function Running({ row }: { row: ImportRow }) {
  const navigate = useNavigate();
  const progress = useProgress(row.id, row.progress, row.isRunning);
  return (
    <div className="flex items-center gap-4 border-b bg-sunken px-5 py-2">
      <ProgressBar
        className="max-w-xl flex-1"
        label={`${progress === null ? 'Beginning' : stepWord(progress.step)}: ${row.fileName}`}
        value={progress?.part ?? null}
        valueText={progress === null ? undefined : progressText(progress)}
      />
      <Button
        size="sm"
        onClick={() => void navigate({ to: '/lists/import/$id', params: { id: row.id }, search: {} })}
      >
        Show
      </Button>
    </div>
  );
}

const COLUMNS: readonly Column<ImportRow>[] = [
  { key: 'file', header: 'File', cell: (row) => <span className="font-medium">{row.fileName}</span> },
  { key: 'list', header: 'List', cell: (row) => row.list || '–' },
  { key: 'state', header: 'What came of it', cell: standingText },
  { key: 'at', header: 'When', width: '11rem', cell: (row) => exactText(row.createdAt) },
];

/** All imports, the latest first: each opens on what became of its rows, and the way back. */
export function ImportsTable() {
  const imports = useImports();
  const navigate = useNavigate();
  return (
    <Loaded query={imports} label="Loading imports" what="The imports could not be read." rows={3}>
      {(rows) => (
        <Table
          caption="Imports"
          className="min-w-[40rem]"
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => String(row.id)}
          onOpen={({ id }) => void navigate({ to: '/lists/import/$id', params: { id }, search: {} })}
          empty={
            <EmptyState
              sentence="Nothing was imported yet. A list comes in from a CSV or Excel file, and can be taken back."
              action={{
                label: 'Import a list',
                run: () => void navigate({ to: '/lists/import', search: {} }),
              }}
            />
          }
        />
      )}
    </Loaded>
  );
}
