import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Refusal } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useHello } from '../../data/hello.ts';
import { answered } from '../../data/queries.ts';
import { draftFor, putDraft, useDraftFor } from './drafts.ts';
import { changeOf, type Edits, isEmpty, joined, withEdits } from './edits.ts';
import type { CampaignSheet } from './kinds.ts';
import { sheetKey } from './queries.ts';

export interface CampaignDraft {
  /** The campaign as it will be once it is saved. */
  readonly shown: CampaignSheet;
  readonly edits: Edits;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Why the last saving came to nothing. Code `conflict`: somebody else saved first. */
  readonly refusal: Refusal | null;
  edit(change: Edits): void;
  /** True once nothing is left to save. */
  save(): Promise<boolean>;
  discard(): void;
  /** Saves the edits on top of what somebody else has saved meanwhile. */
  saveOnTop(): Promise<boolean>;
  /** Lets the refusal be: the edits stay as they are. */
  dismiss(): void;
}

/** A campaign under the hands of one person. Nothing reaches the engine before `save`. */
export function useDraft(sheet: CampaignSheet): CampaignDraft {
  const key = useDraftKey(sheet.id);
  const draft = useDraftFor(key);
  const edits = draft?.edits ?? NO_EDITS;
  const saving = useSaving(sheet, key);
  const shown = useMemo(() => withEdits(sheet, edits), [sheet, edits]);
  return {
    shown,
    edits,
    isDirty: !isEmpty(edits),
    ...saving,
    edit: (change) => {
      const before = draftFor(key);
      const next = joined(sheet, before?.edits ?? NO_EDITS, change);
      putDraft(key, isEmpty(next) ? null : { version: before?.version ?? sheet.version, edits: next });
      saving.dismiss();
    },
    discard: () => {
      putDraft(key, null);
      saving.dismiss();
    },
  };
}

const NO_EDITS: Edits = {};

function useDraftKey(id: number): string {
  const { me, workspace } = useHello();
  return `${workspace?.id ?? ''}/${me?.id ?? 0}/${id}`;
}

function useSaving(sheet: CampaignSheet, key: string) {
  const { campaigns } = useClient();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const send = async (onto: CampaignSheet, version: number): Promise<boolean> => {
    const sent = draftFor(key);
    if (sent === null) return true;
    setIsSaving(true);
    const answer = await campaigns.change({ id: sheet.id, version, ...changeOf(onto, sent.edits) });
    setIsSaving(false);
    setRefusal(answer.ok ? null : answer.error);
    if (!answer.ok) return false;
    queries.setQueryData(sheetKey(sheet.id), answer.value);
    // What was typed while the answer was on its way is an edit of what is saved now.
    const late = joined(answer.value, NO_EDITS, draftFor(key)?.edits ?? NO_EDITS);
    putDraft(key, isEmpty(late) ? null : { version: answer.value.version, edits: late });
    void queries.invalidateQueries({ queryKey: ['campaigns'] });
    return true;
  };
  return {
    refusal,
    isSaving,
    dismiss: () => setRefusal(null),
    save: () => send(sheet, draftFor(key)?.version ?? sheet.version),
    saveOnTop: async () => {
      const fresh = await answered(campaigns.get({ id: sheet.id })).catch(() => null);
      if (fresh === null) return false;
      queries.setQueryData(sheetKey(sheet.id), fresh);
      return send(fresh, fresh.version);
    },
  };
}
