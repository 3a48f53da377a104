import { useState } from 'react';
import type { ImportPreview } from '../../../../shared/contract/imports.ts';
import { type DedupePolicy, type Mapping, USUAL_POLICY } from '../../../../shared/domain/list-import.ts';
import { listNameFrom } from './words.ts';

type Column = Mapping['columns'][number];

export interface ImportDraft {
  readonly mapping: Mapping;
  readonly policy: DedupePolicy;
  readonly listName: string;
  readonly campaignIds: readonly number[];
  /** Why it cannot be checked yet, as a sentence. */
  readonly whyNot: string | null;
  setColumn(at: number, change: Partial<Column>): void;
  setMapping(change: Partial<Omit<Mapping, 'columns'>>): void;
  setPolicy(change: Partial<DedupePolicy>): void;
  setListName(name: string): void;
  setCampaignIds(ids: readonly number[]): void;
  wish(): Wish;
}

interface Wish extends Pick<ImportPreview, 'reading' | 'mapping' | 'signature'> {
  readonly fileId: string;
  readonly listName: string;
  readonly campaignIds: number[];
  readonly policy: DedupePolicy;
}

/** What is chosen about a file that is not checked yet. Read another way, its columns are guessed anew. */
export function useImportDraft(preview: ImportPreview): ImportDraft {
  const readAs = JSON.stringify(preview.reading);
  const [kept, setKept] = useState<{ readAs: string; mapping: Mapping }>({
    readAs,
    mapping: preview.mapping,
  });
  const [policy, setPolicy] = useState<DedupePolicy>(USUAL_POLICY);
  const [listName, setListName] = useState(() => listNameFrom(preview.file.name));
  const [campaignIds, setCampaignIds] = useState<readonly number[]>([]);
  const mapping = kept.readAs === readAs ? kept.mapping : preview.mapping;
  const change = (next: Mapping) => setKept({ readAs, mapping: next });
  return {
    mapping,
    policy,
    listName,
    campaignIds,
    whyNot: whyNotYet(mapping, listName),
    setColumn: (at, to) =>
      change({
        ...mapping,
        columns: mapping.columns.map((column, nth) =>
          nth === at ? { ...column, ...to, confidence: 1 } : column,
        ),
      }),
    setMapping: (to) => change({ ...mapping, ...to }),
    setPolicy: (to) => setPolicy((before) => ({ ...before, ...to })),
    setListName,
    setCampaignIds,
    wish: () => ({
      fileId: preview.file.fileId,
      reading: preview.reading,
      signature: preview.signature,
      listName: listName.trim(),
      campaignIds: [...campaignIds],
      policy,
      mapping: { ...mapping, columns: mapping.columns.map((column) => ({ ...column })) },
    }),
  };
}

function whyNotYet({ columns }: Mapping, listName: string): string | null {
  if (listName.trim() === '') return 'Give the list a name.';
  if (!columns.some(({ field }) => field === 'phone')) return 'Say which column has the phone numbers.';
  return null;
}
