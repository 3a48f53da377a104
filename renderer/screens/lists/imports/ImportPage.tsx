import { useNavigate, useParams } from '@tanstack/react-router';
import type { ImportSheet } from '../../../../shared/contract/imports.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Screen } from '../../../frame/Screen.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { BackToLists } from './BackToLists.tsx';
import { CheckStep } from './CheckStep.tsx';
import { Over } from './Over.tsx';
import { type StepName, Steps } from './Steps.tsx';
import { useImportActs } from './use-acts.ts';
import { useImport } from './use-imports.ts';
import { Working } from './Working.tsx';

/** One import from its check on: what becomes of every row, putting it in, and taking it back. */
export function ImportPage() {
  const { id } = useParams({ from: '/lists/import/$id' });
  const notAllowed = useWhyNotAllowed('supervisor');
  const sheet = useImport(id);
  return (
    <Screen
      title="Import a list"
      fixed
      note={sheet.data === undefined ? null : `${sheet.data.fileName} into ${sheet.data.list}`}
      actions={<BackToLists />}
    >
      {notAllowed === null ? (
        <Loaded query={sheet} label="Loading the import" what="This import could not be read.">
          {(found) => <Stage key={id} sheet={found} />}
        </Loaded>
      ) : (
        <EmptyState sentence={notAllowed} />
      )}
    </Screen>
  );
}

const STEP: Readonly<Record<ImportSheet['state'], StepName>> = {
  checking: 'Check',
  checked: 'Check',
  committing: 'Commit',
  committed: 'Commit',
  undoing: 'Commit',
  undone: 'Commit',
  dropped: 'Check',
};

function Stage({ sheet }: { sheet: ImportSheet }) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Steps at={STEP[sheet.state]} isOver={sheet.state === 'committed'} />
      <Body sheet={sheet} />
    </div>
  );
}

function Body({ sheet }: { sheet: ImportSheet }) {
  if (sheet.isRunning) return <Working sheet={sheet} />;
  if (sheet.state === 'checked') return <CheckStep sheet={sheet} />;
  if (sheet.state !== 'checking' && sheet.state !== 'dropped') return <Over sheet={sheet} />;
  return <CameToNothing sheet={sheet} />;
}

function CameToNothing({ sheet }: { sheet: ImportSheet }) {
  const navigate = useNavigate();
  const acts = useImportActs(sheet);
  return (
    <EmptyState
      sentence={sheet.trouble ?? 'This file was not imported. Nothing of it is in the workspace.'}
      action={{
        label: 'Choose a file',
        run: () => void navigate({ to: '/lists/import', search: {} }),
      }}
      otherwise={{ label: 'The same file, read another way', run: acts.again }}
    />
  );
}
