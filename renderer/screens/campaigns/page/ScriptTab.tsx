import { ScriptPreview } from '../form/ScriptPreview.tsx';
import { ScriptStep } from '../setup/ScriptStep.tsx';
import type { CampaignDraft } from '../use-draft.ts';
import { ScriptResults } from './ScriptResults.tsx';
import { SaveBar } from './SaveBar.tsx';
import { TabBody } from './TabBody.tsx';

interface ScriptTabProps {
  draft: CampaignDraft;
  whyNot: string | null;
}

/** What is said. Agents read it; supervisors change it. */
export function ScriptTab({ draft, whyNot }: ScriptTabProps) {
  if (whyNot !== null)
    return (
      <TabBody tab="script">
        <p className="mb-3 text-muted">Only to be read here. {whyNot}</p>
        <ScriptResults campaignId={draft.shown.id} />
        <ScriptPreview blocks={draft.shown.script} />
        {draft.shown.otherScript !== null && <ScriptPreview blocks={draft.shown.otherScript} />}
      </TabBody>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <section aria-label="Script and outcomes" className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        <ScriptResults campaignId={draft.shown.id} />
        <ScriptStep draft={draft} />
      </section>
      <SaveBar draft={draft} />
    </div>
  );
}
