import { useNavigate } from '@tanstack/react-router';
import type { ImportRow } from '../../../../shared/contract/imports.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { saveText } from '../../../data/files.ts';
import { useTell } from '../../../data/message.ts';
import type { GroupAsked } from './use-imports.ts';
import { useRefresh } from './use-imports.ts';

export interface ImportActs {
  commit(): void;
  undo(): void;
  cancel(): void;
  drop(): void;
  /** The same file once more, to be mapped another way. */
  again(): void;
  exclude(of: GroupAsked | { n: number }, is: boolean): void;
  fixRow(n: number, cells: readonly { column: number; text: string }[]): Promise<boolean>;
  fixAlike(of: GroupAsked, change: AlikeChange): void;
  download(of: GroupAsked): void;
}

export interface AlikeChange {
  readonly country: string | null;
  readonly zoneIfNone: string | null;
  readonly cells: readonly { readonly column: number; readonly text: string }[];
}

/** What can be done to one import. Long steps begin, and go on wherever one is. */
export function useImportActs({ id, fileName }: Pick<ImportRow, 'id' | 'fileName'>): ImportActs {
  const { imports } = useClient();
  const wish = useWish();
  const tell = useTell();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const done = (asking: Promise<Answer<unknown>>) => void wish(asking).then(refresh);
  return {
    commit: () => done(imports.commit({ id })),
    undo: () => done(imports.undo({ id })),
    cancel: () => done(imports.cancel({ id })),
    drop: () => {
      done(imports.drop({ id }));
      void navigate({ to: '/lists', search: {} });
    },
    again: () =>
      void wish(imports.again({ id })).then((file) => {
        if (file === null) return;
        void navigate({ to: '/lists/import', search: { file: file.fileId, step: 'map' } });
      }),
    exclude: (of, is) => done(imports.exclude({ id, of, is })),
    fixRow: async (n, cells) => {
      const fixed = await wish(imports.fixRow({ id, n, cells: [...cells] }));
      refresh();
      if (fixed === null) return false;
      if (!fixed.goes) tell(fixed.why);
      return fixed.goes;
    },
    fixAlike: (of, { country, zoneIfNone, cells }) =>
      done(imports.fixAlike({ id, of, country, zoneIfNone, cells: [...cells] })),
    download: (of) => void download(of),
  };

  async function download(of: GroupAsked): Promise<void> {
    const pieces: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const piece: { text: string; next: number | null } | null = await wish(
        imports.exportGroup({ id, of, after }),
      );
      if (piece === null) return;
      pieces.push(piece.text);
      after = piece.next;
    }
    saveText(`${fileName.replace(/\.[a-z0-9]{1,5}$/i, '')}-${of.reason || of.verdict}.csv`, pieces);
  }
}
