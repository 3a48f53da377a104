import { useNavigate, useSearch } from '@tanstack/react-router';
import { countText, timeText } from '../../../data/words.ts';
import { Loaded } from '../../../frame/Loaded.tsx';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Drawer } from '../../../ui/Drawer.tsx';
import type { WhyNot } from '../kinds.ts';
import { useWhyNot } from '../queries.ts';
import { titleOf } from './held-back.ts';
import { ExplanationPanel } from './ExplanationPanel.tsx';
import { SegmentPeople } from './SegmentPeople.tsx';
import { WhyBar } from './WhyBar.tsx';
import { WhyList } from './WhyList.tsx';

/** Why people are not called: everybody in one bar, parted by the rule that holds them back first. */
export function WhyTab({ id }: { id: number }) {
  const whyNot = useWhyNot(id);
  const { rule, contact } = useSearch({ from: '/campaigns/$id' });
  const navigate = useNavigate();
  const go = (search: { rule?: string; contact?: number }) =>
    void navigate({ to: '/campaigns/$id', params: { id }, search: { tab: 'why', ...search }, replace: true });
  const open = (next: string) => go({ rule: next });
  const closed = () => {
    go({});
    document.getElementById(`why-${rule ?? ''}`)?.focus();
  };
  const isOpen = rule !== undefined || contact !== undefined;
  useKeys('screen', [{ id: 'why.close', keys: 'escape', title: 'Close the panel', run: closed }], {
    enabled: isOpen,
  });
  const segment = whyNot.data?.segments.find((each) => each.rule === rule);
  const title =
    contact !== undefined
      ? 'Why not called'
      : segment === undefined
        ? 'Not called'
        : titleOf(segment.rule, segment.title);
  return (
    <div className="flex h-full min-h-0">
      <div className="min-w-0 flex-1 overflow-y-auto px-5 py-4">
        <Loaded query={whyNot} label="Asking every rule about everybody" what="This could not be counted.">
          {(all) => (
            <div className="flex flex-col gap-5">
              <Sum whyNot={all} />
              <WhyBar whyNot={all} openRule={rule ?? null} onOpen={open} />
              <WhyList whyNot={all} openRule={rule ?? null} onOpen={open} />
            </div>
          )}
        </Loaded>
      </div>
      <Drawer
        open={isOpen}
        onOpenChange={closed}
        title={title}
        width={400}
        actions={
          contact !== undefined &&
          rule !== undefined && (
            <Button size="sm" variant="ghost" onClick={() => go({ rule })}>
              Back to all
            </Button>
          )
        }
      >
        {contact !== undefined ? (
          <ExplanationPanel id={id} contactId={contact} />
        ) : (
          rule !== undefined && (
            <SegmentPeople
              key={rule}
              id={id}
              rule={rule}
              sentence={segment?.sentence ?? ''}
              onOpen={(contactId) => go({ rule, contact: contactId })}
            />
          )
        )}
      </Drawer>
    </div>
  );
}

function Sum({ whyNot: { total, dialable, asOf } }: { whyNot: WhyNot }) {
  return (
    <div>
      <h2 className="text-lg font-semibold">
        {total === 0
          ? 'Nobody is in this campaign yet'
          : dialable === total
            ? 'Everybody may be rung'
            : `${countText(total - dialable)} of ${countText(total)} are not called now`}
      </h2>
      <p className="text-muted">
        Each is counted once, by the rule that holds them back first. As of {timeText(asOf)}.
      </p>
    </div>
  );
}
