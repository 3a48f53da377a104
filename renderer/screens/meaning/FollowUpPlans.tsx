import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FollowUpPlans as Known } from '../../../shared/contract/follow-ups.ts';
import { FOLLOW_UP_WORD, spanText } from '../../../shared/domain/follow-up.ts';
import { SENTIMENT_WORDS } from '../../../shared/domain/sentiment.ts';
import { useClient } from '../../data/client.tsx';
import { answered } from '../../data/queries.ts';
import { useWhyNotAllowed } from '../../data/roles.ts';
import { Loaded } from '../../frame/Loaded.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Group } from '../settings/Group.tsx';
import { PlanDialog } from './PlanDialog.tsx';

type Plan = Known['plans'][number];

/** Sequences of what is done after an outcome. */
export function FollowUpPlans() {
  const { followUps } = useClient();
  const known = useQuery({ queryKey: ['followUps', 'plans'], queryFn: () => answered(followUps.plans()) });
  const notAllowed = useWhyNotAllowed('supervisor');
  const [open, setOpen] = useState<{ plan: Plan | null } | null>(null);
  return (
    <Group
      title="Follow-up sequences"
      note="An outcome starts a sequence: call again, a task, an e-mail or a text message as a draft. Calls go back into the campaign’s line and obey every rule; drafts wait on the list of follow-ups, and nobody gets one by itself. A sequence stops once its outcome is taken back, once they are on do-not-call, and its waiting steps once they were reached again."
    >
      <Loaded query={known} label="Loading sequences" what="The sequences could not be read." rows={3}>
        {(all) => (
          <>
            <ul className="flex flex-col divide-y">
              {all.plans.map((plan) => (
                <li key={plan.id} className="flex flex-wrap items-start gap-3 py-2">
                  <div className="min-w-0 flex-1">
                    <p className="flex items-center gap-2 font-medium">
                      {plan.name} {!plan.isOn && <Badge>Off</Badge>}
                    </p>
                    <p className="text-sm text-muted">{inWords(plan, all)}</p>
                  </div>
                  <Button
                    size="sm"
                    aria-label={`Change ${plan.name}`}
                    disabledReason={notAllowed}
                    onClick={() => setOpen({ plan })}
                  >
                    Change
                  </Button>
                </li>
              ))}
            </ul>
            {all.plans.length === 0 && <p className="text-muted">No sequence yet: outcomes start nothing.</p>}
            <Button
              className="self-start"
              variant="primary"
              disabledReason={notAllowed}
              onClick={() => setOpen({ plan: null })}
            >
              Add a sequence
            </Button>
            {open !== null && <PlanDialog plan={open.plan} known={all} onClose={() => setOpen(null)} />}
          </>
        )}
      </Loaded>
    </Group>
  );
}

function inWords({ outcome, sentiment, campaignId, steps }: Plan, { outcomes, campaigns }: Known): string {
  const label = outcomes.find(({ id }) => id === outcome)?.label ?? 'an outcome that is gone';
  const where = campaigns.find(({ id }) => id === campaignId)?.name ?? 'any campaign';
  const sounded = sentiment === null ? '' : `, sounding ${SENTIMENT_WORDS[sentiment].toLowerCase()}`;
  const then = steps.map(
    ({ kind, afterMs, title }) =>
      `${FOLLOW_UP_WORD[kind].toLowerCase()}${title === '' ? '' : ` “${title}”`} ${spanText(afterMs)}`,
  );
  return `After “${label}”${sounded} in ${where}: ${then.join('; ')}.`;
}
