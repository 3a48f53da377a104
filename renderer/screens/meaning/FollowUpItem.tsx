import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, ClipboardCopy, SkipForward, Undo2 } from 'lucide-react';
import type { FollowUpShown } from '../../../shared/contract/follow-ups.ts';
import { FOLLOW_UP_WORD } from '../../../shared/domain/follow-up.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useTell } from '../../data/message.ts';
import { exactText } from '../../data/words.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useToasts } from '../../ui/Toaster.tsx';

interface FollowUpItemProps {
  item: FollowUpShown;
  /** On a page of the contact’s own their name is not said again. */
  withContact: boolean;
}

/** One thing to do: what it is, for whom and why, and the ways to be done with it. */
export function FollowUpItem({ item, withContact }: FollowUpItemProps) {
  const { kind, title, text, contact, contactId, company, plan, campaign, address, caution, agent } = item;
  const about = [plan === '' ? '' : `Sequence “${plan}”`, campaign, agent === '' ? '' : `call of ${agent}`];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b py-2.5">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-x-2">
          <Badge>{FOLLOW_UP_WORD[kind]}</Badge>
          <span className="font-medium">{title === '' ? FOLLOW_UP_WORD[kind] : title}</span>
          {withContact && (
            <Link
              to="/lists/contact/$id"
              params={{ id: contactId }}
              className="target text-accent-text underline underline-offset-2"
            >
              {contact}
              {company !== '' && `, ${company}`}
            </Link>
          )}
        </p>
        {text !== '' && <p className="max-w-[72ch] whitespace-pre-wrap select-text">{text}</p>}
        <p className="text-sm text-muted">
          {standing(item)} {about.filter((each) => each !== '').join(', ')}
          {address !== '' && (
            <>
              {' · '}
              <span className="select-text">{address}</span>
            </>
          )}
        </p>
        {caution !== '' && (
          <p data-tone="warn" className="text-sm text-tone">
            {caution}
          </p>
        )}
      </div>
      <Acts item={item} />
    </li>
  );
}

function standing({ state, dueAt, closedAt, closedBy, why }: FollowUpShown): string {
  const when = closedAt === null ? '' : ` ${exactText(closedAt)}`;
  const by = closedBy === '' ? '' : ` by ${closedBy}`;
  switch (state) {
    case 'waiting':
      return `Falls due ${exactText(dueAt)}.`;
    case 'due':
      return `Due since ${exactText(dueAt)}.`;
    case 'done':
      return `Done${when}${by}. ${why}`.trim();
    case 'skipped':
      return `Skipped${when}${by}.`;
    case 'stopped':
      return `Stopped${when}: ${why}`;
  }
}

function Acts({ item }: { item: FollowUpShown }) {
  const { followUps } = useClient();
  const wish = useWish();
  const tell = useTell();
  const queries = useQueryClient();
  const toasts = useToasts();
  const { id, kind, state, text, closedBy } = item;
  const title = item.title === '' ? FOLLOW_UP_WORD[kind] : item.title;
  const fresh = () => void queries.invalidateQueries({ queryKey: ['followUps'] });
  const reopen = async () => {
    await wish(followUps.reopen({ id }));
    fresh();
  };
  const close = async (as: 'done' | 'skipped') => {
    const closed = await wish(followUps.close({ id, as }));
    fresh();
    if (closed !== null) toasts.show({ text: `“${title}” is ${as}.`, undo: () => void reopen() });
  };
  const copy = async () => {
    await navigator.clipboard.writeText([item.title, text].filter((each) => each !== '').join('\n\n'));
    tell('The draft is copied.');
  };
  if (state === 'done' || state === 'skipped')
    return closedBy === '' ? null : (
      <Button
        size="sm"
        variant="ghost"
        icon={<Undo2 />}
        aria-label={`Open “${title}” again`}
        onClick={() => void reopen()}
      >
        Open again
      </Button>
    );
  if (state === 'stopped') return null;
  return (
    <span className="flex flex-wrap gap-1">
      {(kind === 'email' || kind === 'sms') && (
        <Button size="sm" icon={<ClipboardCopy />} aria-label={`Copy “${title}”`} onClick={() => void copy()}>
          Copy
        </Button>
      )}
      {state === 'due' && (
        <Button
          size="sm"
          variant="primary"
          icon={<Check />}
          aria-label={`Done: ${title}`}
          onClick={() => void close('done')}
        >
          Done
        </Button>
      )}
      <Button
        size="sm"
        variant="ghost"
        icon={<SkipForward />}
        aria-label={`Skip: ${title}`}
        onClick={() => void close('skipped')}
      >
        Skip
      </Button>
    </span>
  );
}
