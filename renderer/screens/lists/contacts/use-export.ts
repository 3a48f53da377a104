import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ExportRow, Target } from '../../../../shared/contract/contacts.ts';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { download } from '../../../data/files.ts';
import { useTell } from '../../../data/message.ts';
import { answered } from '../../../data/queries.ts';
import { counted } from '../../../data/words.ts';
import { useToasts } from '../../../ui/Toaster.tsx';

const LOOK_AGAIN_MS = 250;

export interface Exporting {
  /** The file that is being written; null while there is none. */
  readonly row: ExportRow | null;
  begin: (target: Target, format: 'csv' | 'xlsx') => Promise<void>;
  stop: () => void;
}

/** One file on its way out: followed while it is written, then handed over by the desktop or the browser. */
export function useExport(
  what: 'contact' | 'call',
  begin: (order: { target: Target; format: 'csv' | 'xlsx' }) => Promise<Answer<ExportRow>>,
): Exporting {
  const { contacts } = useClient();
  const wish = useWish();
  const tell = useTell();
  const toasts = useToasts();
  const [id, setId] = useState<number | null>(null);
  const taken = useRef(0);
  const row =
    useQuery({
      queryKey: ['contact-exports', id],
      queryFn: () => answered(contacts.exported({ id: id! })),
      enabled: id !== null,
      refetchInterval: ({ state }) => (state.data?.state === 'writing' ? LOOK_AGAIN_MS : false),
      gcTime: 0,
    }).data ?? null;

  useEffect(() => {
    if (row === null || row.state === 'writing' || taken.current === row.id) return;
    taken.current = row.id;
    const hand = async () => {
      if (row.state === 'failed') return toasts.show({ text: row.trouble, tone: 'bad' });
      if (row.state !== 'ready') return tell('The export was stopped. No file was kept.');
      const file = await wish(contacts.takeExport({ id: row.id }));
      if (file === null) return undefined;
      if (file.link !== null) download(file.link, row.name);
      else if (!file.isSaved) return tell('The file was not saved.');
      return toasts.show({ text: `${counted(row.total, what)} exported to ${row.name}.` });
    };
    void hand();
  }, [row, what, contacts, wish, tell, toasts]);

  return {
    row: row?.state === 'writing' ? row : null,
    begin: async (target, format) => {
      const begun = await wish(begin({ target, format }));
      if (begun !== null) setId(begun.id);
    },
    stop: () => {
      if (id !== null) void contacts.stopExport({ id });
    },
  };
}
