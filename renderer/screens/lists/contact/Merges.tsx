import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../data/client.tsx';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { exactText } from '../../../data/words.ts';
import { Button } from '../../../ui/Button.tsx';

/** Whom this contact was made one with, and taking them apart again. */
export function Merges({ id }: { id: number }) {
  const { contacts } = useClient();
  const wish = useWish();
  const notAllowed = useWhyNotAllowed('supervisor');
  const { data } = useQuery({
    queryKey: ['contacts', id, 'merges'],
    queryFn: () => answered(contacts.merges({ id })),
  });
  const standing = data?.filter(({ undoneAt }) => undoneAt === null) ?? [];
  if (standing.length === 0) return null;
  return (
    <section aria-label="Made one with">
      {standing.map(({ id: mergeId, goneName, madeAt }) => (
        <p key={mergeId} className="flex items-center gap-3 text-sm text-muted">
          {goneName} was made one with this contact, {exactText(madeAt)}.
          <Button
            size="sm"
            disabledReason={notAllowed}
            onClick={() => void wish(contacts.undoMerge({ mergeId }))}
          >
            Take apart<span className="sr-only"> from {goneName}</span>
          </Button>
        </p>
      ))}
    </section>
  );
}
