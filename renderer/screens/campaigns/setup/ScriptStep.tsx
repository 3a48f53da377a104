import { Group } from '../form/Group.tsx';
import { OutcomesForm } from '../form/OutcomesForm.tsx';
import { TwoScripts } from '../form/TwoScripts.tsx';
import type { CampaignDraft } from '../use-draft.ts';

/** The script beside what agents will read, and what each outcome does. */
export function ScriptStep({ draft: { shown, edit } }: { draft: CampaignDraft }) {
  return (
    <div>
      <Group
        title="Script"
        about="Fields in double braces are filled in for each contact. What stands after the bar is said where nothing is known."
      >
        <TwoScripts
          first={shown.script}
          second={shown.otherScript}
          onFirst={(script) => edit({ script })}
          onSecond={(otherScript) => edit({ otherScript })}
        />
      </Group>
      <Group
        title="Outcomes"
        about="What agents file after a call. Where one tries again, you say when. More are made in Settings, Outcomes."
      >
        <OutcomesForm
          campaignId={shown.id}
          retryMs={shown.rules.retryMs}
          onChange={(retryMs) => edit({ rules: { retryMs } })}
        />
      </Group>
    </div>
  );
}
