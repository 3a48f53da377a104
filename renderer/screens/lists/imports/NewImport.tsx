import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Screen } from '../../../frame/Screen.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { BackToLists } from './BackToLists.tsx';
import { DropZone } from './DropZone.tsx';
import { FirstRows } from './FirstRows.tsx';
import { MapStep } from './MapStep.tsx';
import { ReadingMenus } from './ReadingMenus.tsx';
import { Steps } from './Steps.tsx';
import { type ImportDraft, useImportDraft } from './use-draft.ts';
import { useGiving } from './use-giving.ts';
import { type ChosenReading, usePreview } from './use-imports.ts';
import { bytesText } from './words.ts';

/** The first two steps: the file, and what its columns are. Which file it is stays in the address. */
export function NewImport() {
  const { file, step } = useSearch({ from: '/lists/import' });
  const notAllowed = useWhyNotAllowed('supervisor');
  if (notAllowed !== null)
    return (
      <Screen title="Import a list" actions={<BackToLists />}>
        <EmptyState sentence={notAllowed} />
      </Screen>
    );
  return file === undefined ? <Drop /> : <GivenFile key={file} fileId={file} isMapping={step === 'map'} />;
}

function Drop() {
  const navigate = useNavigate();
  const giving = useGiving(({ fileId }) => void navigate({ to: '/lists/import', search: { file: fileId } }));
  return (
    <Screen title="Import a list" fixed actions={<BackToLists />}>
      <div className="flex h-full min-h-0 flex-col">
        <Steps at="Drop" />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <DropZone giving={giving} />
        </div>
      </div>
    </Screen>
  );
}

function GivenFile({ fileId, isMapping }: { fileId: string; isMapping: boolean }) {
  const [chosen, setChosen] = useState<ChosenReading>({});
  const preview = usePreview(fileId, chosen);
  const navigate = useNavigate();
  if (preview.data === undefined)
    return (
      <Screen title="Import a list" actions={<BackToLists />}>
        <Steps at="Drop" />
        {preview.error === null ? (
          <Loaded query={preview} label="Reading the file" what="This file could not be read.">
            {() => null}
          </Loaded>
        ) : (
          <EmptyState
            sentence={preview.error.message}
            action={{
              label: 'Choose another file',
              run: () => void navigate({ to: '/lists/import', search: {} }),
            }}
          />
        )}
      </Screen>
    );
  return (
    <Wizard
      preview={preview.data}
      chosen={chosen}
      onChoose={setChosen}
      isMapping={isMapping}
      fileId={fileId}
    />
  );
}

interface WizardProps {
  readonly fileId: string;
  readonly preview: ImportPreview;
  readonly chosen: ChosenReading;
  readonly onChoose: (chosen: ChosenReading) => void;
  readonly isMapping: boolean;
}

function Wizard({ fileId, preview, chosen, onChoose, isMapping }: WizardProps) {
  const draft = useImportDraft(preview);
  const navigate = useNavigate();
  const goTo = (step: 'map' | undefined) =>
    void navigate({ to: '/lists/import', search: { file: fileId, step } });
  const isUnreadable = preview.trouble !== null;
  const atMap = isMapping && !isUnreadable;
  return (
    <Screen
      title="Import a list"
      fixed
      note={`${preview.file.name}, ${bytesText(preview.bytes)}`}
      actions={<BackToLists />}
    >
      <div className="flex h-full min-h-0 flex-col">
        <Steps at={atMap ? 'Map' : 'Drop'} />
        <section
          aria-label={atMap ? 'What the columns are' : 'What the file is'}
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4"
        >
          <StepTitle text={atMap ? 'What the columns are' : 'Is this how the file reads?'} />
          {atMap ? (
            <MapStep preview={preview} draft={draft} />
          ) : (
            <>
              <ReadingMenus preview={preview} chosen={chosen} onChoose={onChoose} />
              <FirstRows preview={preview} />
            </>
          )}
        </section>
        {atMap ? (
          <MapFoot draft={draft} onBack={() => goTo(undefined)} />
        ) : (
          <LookFoot
            whyNot={
              isUnreadable
                ? 'The file cannot be read this way. Change how it is read, or choose another.'
                : null
            }
            onNext={() => goTo('map')}
          />
        )}
      </div>
    </Screen>
  );
}

/** Takes the focus when its step is come to, so that a reader says where one is. */
function StepTitle({ text }: { text: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [text]);
  return (
    <h2 ref={title} tabIndex={-1} className="mb-3 text-lg font-semibold outline-none">
      {text}
    </h2>
  );
}

function LookFoot({ whyNot, onNext }: { whyNot: string | null; onNext: () => void }) {
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/lists/import', search: {} });
  useKeys('screen', [
    { id: 'import.next', keys: ['mod+enter', 'enter'], title: 'Next step: Map', run: onNext, whyNot },
    { id: 'import.back', keys: 'mod+backspace', title: 'Another file', run: back },
  ]);
  return (
    <Foot>
      <Button icon={<ArrowLeft />} onClick={back}>
        Another file
      </Button>
      <Button
        variant="primary"
        icon={<ArrowRight />}
        shortcut="mod+enter"
        disabledReason={whyNot}
        onClick={onNext}
      >
        Next: Map
      </Button>
    </Foot>
  );
}

function MapFoot({ draft, onBack }: { draft: ImportDraft; onBack: () => void }) {
  const { imports } = useClient();
  const wish = useWish();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const whyNot = isAsking ? 'The check is about to begin.' : draft.whyNot;
  const check = async () => {
    setAsking(true);
    const begun = await wish(imports.check(draft.wish()));
    setAsking(false);
    if (begun !== null) void navigate({ to: '/lists/import/$id', params: { id: begun.id }, search: {} });
  };
  useKeys('screen', [
    {
      id: 'import.next',
      keys: ['mod+enter', 'enter'],
      title: 'Check every row',
      run: () => void check(),
      whyNot,
    },
    { id: 'import.back', keys: 'mod+backspace', title: 'Step back', run: onBack },
  ]);
  return (
    <Foot>
      <Button icon={<ArrowLeft />} onClick={onBack}>
        Back
      </Button>
      <Button
        variant="primary"
        icon={<ArrowRight />}
        shortcut="mod+enter"
        disabledReason={whyNot}
        onClick={() => void check()}
      >
        Check every row
      </Button>
      <p className="min-w-0 text-sm text-muted">Nothing is imported yet.</p>
    </Foot>
  );
}

export function Foot({ children }: { children: ReactNode }) {
  return (
    <footer className="flex min-h-14 shrink-0 flex-wrap items-center gap-3 border-t px-5 py-2">
      {children}
    </footer>
  );
}
