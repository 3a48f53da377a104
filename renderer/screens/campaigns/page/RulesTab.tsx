import { EffectPanel } from '../EffectPanel.tsx';
import { PaceForm } from '../form/PaceForm.tsx';
import { RulesForm } from '../form/RulesForm.tsx';
import type { CampaignDraft } from '../use-draft.ts';
import { campaignInSentences } from '../words.ts';
import { SaveBar } from './SaveBar.tsx';
import { TabBody } from './TabBody.tsx';

interface RulesTabProps {
  draft: CampaignDraft;
  /** Why the person may only read them. */
  whyNot: string | null;
}

/** The rules, to be changed with their effect in sight. */
export function RulesTab({ draft, whyNot }: RulesTabProps) {
  if (whyNot !== null) return <RulesToRead draft={draft} whyNot={whyNot} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto two:flex-row two:overflow-visible">
        <section aria-label="Rules and pace" className="min-w-0 flex-1 px-5 py-4 two:overflow-y-auto">
          <RulesForm sheet={draft.shown} onEdit={draft.edit} />
          <PaceForm sheet={draft.shown} onEdit={draft.edit} />
        </section>
        <EffectPanel
          id={draft.shown.id}
          rules={draft.shown.rules}
          className="shrink-0 border-t two:w-72 two:overflow-y-auto two:border-t-0 two:border-l three:w-80"
        />
      </div>
      <SaveBar draft={draft} />
    </div>
  );
}

function RulesToRead({ draft, whyNot }: RulesTabProps) {
  return (
    <TabBody tab="rules">
      <p className="mb-3 text-muted">Only to be read here. {whyNot}</p>
      <ul className="flex max-w-[68ch] list-disc flex-col gap-1 pl-5">
        {campaignInSentences(draft.shown).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </TabBody>
  );
}
