import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import type { CampaignDraft } from './use-draft.ts';

/** Why saving was refused. What was changed is still here, on screen. */
export function RefusalBanner({ draft, canDiscard }: { draft: CampaignDraft; canDiscard: boolean }) {
  if (draft.refusal === null || draft.refusal.code === 'conflict') return null;
  return (
    <div role="alert" className="shrink-0">
      <Banner
        tone="bad"
        title="This is not saved."
        actions={
          canDiscard && (
            <Button size="sm" onClick={draft.discard}>
              Take my changes back
            </Button>
          )
        }
        onDismiss={draft.dismiss}
      >
        {draft.refusal.sentence}
      </Banner>
    </div>
  );
}
