import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { editsInWords } from './edits.ts';
import type { CampaignDraft } from './use-draft.ts';

interface ConflictDialogProps {
  draft: CampaignDraft;
  onSaved?: (() => void) | undefined;
}

/** Somebody else saved first. Nothing is lost in either answer but what the person decides to drop. */
export function ConflictDialog({ draft, onSaved }: ConflictDialogProps) {
  if (draft.refusal?.code !== 'conflict') return null;
  const onTop = async () => {
    if (await draft.saveOnTop()) onSaved?.();
  };
  return (
    <Dialog
      open
      onOpenChange={draft.dismiss}
      size="md"
      title="Somebody else changed this campaign"
      description={draft.refusal.sentence}
      footer={
        <>
          <Button onClick={draft.dismiss}>Decide later</Button>
          <Button onClick={draft.discard}>Drop mine, take theirs</Button>
          <Button variant="primary" onClick={() => void onTop()}>
            Put mine on top
          </Button>
        </>
      }
    >
      <p>
        You changed: <span className="font-medium">{editsInWords(draft.edits)}</span>. Putting yours on top
        keeps everything else as they saved it.
      </p>
    </Dialog>
  );
}
