import { useEffect, useRef } from 'react';
import { useTell } from '../../../data/message.ts';
import type { CampaignDraft } from '../use-draft.ts';

/** Going to another screen saves what was changed. Where that is refused the changes stay, and it is said. */
export function useSaveOnLeave(draft: CampaignDraft): void {
  const tell = useTell();
  const latest = useRef(() => Promise.resolve(true));
  useEffect(() => {
    latest.current = async () => {
      const isSaved = !draft.isDirty || (await draft.save());
      if (!isSaved)
        tell(`Your last changes to ${draft.shown.name} are not saved. They wait where you made them.`);
      return isSaved;
    };
  });
  useEffect(() => () => void latest.current(), []);
}
