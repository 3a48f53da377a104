import { usePractice } from '../../../data/use-practice.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { Template } from '../kinds.ts';
import { useCampaignActs } from '../use-acts.ts';

/** Nothing here yet: the templates, each one press away. */
export function NoCampaigns({ templates }: { templates: readonly Template[] }) {
  const practice = usePractice();
  const notAllowed = useWhyNotAllowed('supervisor');
  const acts = useCampaignActs();
  const practiceAction = {
    label: 'Look at one in practice',
    run: () => void practice.open(),
    disabledReason: practice.whyNot,
  };
  if (notAllowed !== null)
    return (
      <EmptyState
        sentence="No campaigns in this workspace yet. A supervisor makes them."
        otherwise={practiceAction}
      />
    );
  return (
    <section aria-label="Templates" className="mx-auto flex max-w-[64rem] flex-col gap-5 px-5 py-10">
      <p className="text-center text-muted">
        No campaigns yet. Start from one of these; each step of setting up can be changed later.
      </p>
      <ul className="grid gap-3 two:grid-cols-3">
        {templates.map(({ id, name, about }) => (
          <li key={id} className="flex flex-col gap-2 rounded-lg border p-4">
            <h2 className="font-semibold">{name}</h2>
            <p className="flex-1 text-muted">{about}</p>
            <Button className="self-start" onClick={() => void acts.create(name, id)}>
              Start from this
            </Button>
          </li>
        ))}
      </ul>
      {practice.whyNot === null && (
        <EmptyState className="py-0" sentence="Not sure yet?" otherwise={practiceAction} />
      )}
    </section>
  );
}
