import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { Screen } from '../../../frame/Screen.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { BackToList } from '../BackToList.tsx';
import { ConflictDialog } from '../ConflictDialog.tsx';
import { EffectPanel } from '../EffectPanel.tsx';
import { PaceForm } from '../form/PaceForm.tsx';
import { PeopleForm } from '../form/PeopleForm.tsx';
import { RulesForm } from '../form/RulesForm.tsx';
import type { CampaignSheet } from '../kinds.ts';
import { useSheet } from '../queries.ts';
import { RefusalBanner } from '../RefusalBanner.tsx';
import { useCampaignActs } from '../use-acts.ts';
import { type CampaignDraft, useDraft } from '../use-draft.ts';
import { ReviewStep } from './ReviewStep.tsx';
import { ScriptStep } from './ScriptStep.tsx';
import { StepBar } from './StepBar.tsx';
import { beside, type SetupStep, STEP } from './steps.ts';
import { useSaveOnLeave } from './use-save-on-leave.ts';

/** Setting a campaign up, in five steps. Which one is open stays in the address. */
export function SetupScreen() {
  const { id } = useParams({ from: '/campaigns/$id/setup' });
  const sheet = useSheet(id);
  const notAllowed = useWhyNotAllowed('supervisor');
  const isOver = sheet.data !== undefined && sheet.data.status !== 'draft';
  // What runs is changed on its page, where each change is saved by hand and its effect is seen first.
  if (notAllowed !== null || isOver)
    return <Navigate to="/campaigns/$id" params={{ id }} search={{}} replace />;
  if (sheet.data !== undefined) return <Setup key={id} sheet={sheet.data} />;
  return (
    <Screen title="Campaign">
      <Loaded query={sheet} label="Loading the campaign" what="This campaign could not be read.">
        {() => null}
      </Loaded>
    </Screen>
  );
}

function Setup({ sheet }: { sheet: CampaignSheet }) {
  const { step = 'people' }: { step?: SetupStep | undefined } = useSearch({ from: '/campaigns/$id/setup' });
  const navigate = useNavigate();
  const draft = useDraft(sheet);
  useSaveOnLeave(draft);
  const goTo = (to: SetupStep) =>
    void navigate({ to: '/campaigns/$id/setup', params: { id: sheet.id }, search: { step: to } });
  const go = async (to: SetupStep) => {
    if (!draft.isDirty || (await draft.save())) goTo(to);
  };
  return (
    <Screen
      title={draft.shown.name}
      fixed
      note={
        <span className="flex items-center gap-2">
          <Badge>Draft</Badge> Setting up
        </span>
      }
      actions={<BackToList />}
    >
      <div className="flex h-full min-h-0 flex-col">
        <StepBar sheet={draft.shown} step={step} onGo={(to) => void go(to)} />
        <RefusalBanner draft={draft} canDiscard />
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto two:flex-row two:overflow-visible">
          <section aria-label={STEP[step].title} className="min-w-0 flex-1 px-5 py-4 two:overflow-y-auto">
            <StepTitle step={step} />
            <StepBody step={step} draft={draft} />
          </section>
          <EffectPanel
            id={sheet.id}
            rules={draft.shown.rules}
            className="shrink-0 border-t two:w-72 two:overflow-y-auto two:border-t-0 two:border-l three:w-80"
          />
        </div>
        <Foot draft={draft} step={step} onGo={(to) => void go(to)} />
      </div>
      <ConflictDialog draft={draft} />
    </Screen>
  );
}

/** Takes the focus when its step is come to, so that a reader says where one is. */
function StepTitle({ step }: { step: SetupStep }) {
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) title.current?.focus();
    shown.current = step;
  }, [step]);
  return (
    <h2 ref={title} tabIndex={-1} className="mb-3 text-lg font-semibold outline-none">
      {STEP[step].title}
    </h2>
  );
}

function StepBody({ step, draft }: { step: SetupStep; draft: CampaignDraft }) {
  switch (step) {
    case 'people':
      return (
        <div className="flex flex-col gap-5">
          <TextField
            label="Name of the campaign"
            className="max-w-md"
            value={draft.shown.name}
            onChange={(name) => draft.edit({ name })}
            maxLength={120}
            error={draft.shown.name.trim() === '' ? 'A name is needed.' : null}
          />
          <PeopleForm sheet={draft.shown} whyNot={null} />
        </div>
      );
    case 'script':
      return <ScriptStep draft={draft} />;
    case 'rules':
      return <RulesForm sheet={draft.shown} onEdit={draft.edit} />;
    case 'pace':
      return <PaceForm sheet={draft.shown} onEdit={draft.edit} />;
    case 'review':
      return <ReviewStep sheet={draft.shown} />;
  }
}

interface FootProps {
  draft: CampaignDraft;
  step: SetupStep;
  onGo: (step: SetupStep) => void;
}

function Foot({ draft, step, onGo }: FootProps) {
  const back = beside(step, -1);
  const next = beside(step, 1);
  const start = useStart(draft);
  const main = next === null ? start.run : () => onGo(next);
  const whyNot = next === null ? start.whyNot : null;
  const title = next === null ? 'Start the campaign' : `Next step: ${STEP[next].word}`;
  useKeys('screen', [
    { id: 'setup.next', keys: ['enter', 'mod+enter'], title, run: main, whyNot },
    {
      id: 'setup.back',
      keys: 'mod+backspace',
      title: 'Step back',
      run: () => back !== null && onGo(back),
      whyNot: back === null ? 'This is the first step.' : null,
    },
  ]);
  return (
    <footer className="flex min-h-14 shrink-0 items-center gap-3 border-t px-5">
      <Button
        icon={<ArrowLeft />}
        disabledReason={back === null ? 'This is the first step.' : null}
        onClick={() => back !== null && onGo(back)}
      >
        Back
      </Button>
      <Button
        variant="primary"
        icon={next === null ? <Play /> : <ArrowRight />}
        shortcut="mod+enter"
        disabledReason={whyNot}
        onClick={main}
      >
        {next === null ? 'Start the campaign' : `Next: ${STEP[next].word}`}
      </Button>
      <SaveState draft={draft} />
    </footer>
  );
}

function SaveState({ draft }: { draft: CampaignDraft }) {
  const words = draft.isSaving
    ? 'Saving…'
    : draft.refusal !== null
      ? 'Not saved'
      : draft.isDirty
        ? 'Saved when you leave this step'
        : 'All saved';
  return (
    <p data-testid="save-state" className="text-sm text-muted">
      {words}
    </p>
  );
}

function useStart(draft: CampaignDraft) {
  const acts = useCampaignActs();
  const navigate = useNavigate();
  const { shown } = draft;
  const run = async () => {
    if (draft.isDirty && !(await draft.save())) return;
    if (!(await acts.start(shown))) return;
    void navigate({ to: '/campaigns/$id', params: { id: shown.id }, search: {}, replace: true });
  };
  const whyNot =
    shown.contacts === 0
      ? 'Add people first: step 1.'
      : shown.rules.windows.length === 0
        ? 'Open a day first: step 3.'
        : shown.callerId.trim() === ''
          ? 'Say which number is shown first: step 4.'
          : null;
  return { run: () => void run(), whyNot };
}
