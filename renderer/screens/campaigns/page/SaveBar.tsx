import { Button } from '../../../ui/Button.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { useToasts } from '../../../ui/Toaster.tsx';
import { ConflictDialog } from '../ConflictDialog.tsx';
import { editsInWords } from '../edits.ts';
import { RefusalBanner } from '../RefusalBanner.tsx';
import type { CampaignDraft } from '../use-draft.ts';

/** At the foot of what is edited by hand: nothing holds before Save is pressed. */
export function SaveBar({ draft }: { draft: CampaignDraft }) {
  const toasts = useToasts();
  const hold = draft.edits.rules === undefined ? '' : ' The new rules hold from now on.';
  const said = () => toasts.show({ text: `${draft.shown.name} is saved.${hold}` });
  const save = async () => {
    if (await draft.save()) said();
  };
  const whyNot = draft.isSaving ? 'It is being saved.' : draft.isDirty ? null : 'Nothing was changed.';
  useKeys('screen', [
    { id: 'campaign.save', keys: 'mod+s', title: 'Save changes', run: () => void save(), whyNot },
  ]);
  return (
    <footer className="shrink-0 border-t">
      <RefusalBanner draft={draft} canDiscard={false} />
      <div className="flex min-h-14 items-center gap-3 px-5">
        <Button variant="primary" shortcut="mod+s" disabledReason={whyNot} onClick={() => void save()}>
          Save changes
        </Button>
        <Button disabledReason={whyNot} onClick={draft.discard}>
          Take back
        </Button>
        <p className="min-w-0 flex-1 truncate text-sm text-muted" data-testid="save-state">
          {draft.isDirty ? `Changed, not saved: ${editsInWords(draft.edits)}` : 'All saved'}
        </p>
      </div>
      <ConflictDialog draft={draft} onSaved={said} />
    </footer>
  );
}
