import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Answer } from '../../../shared/contract/wire.ts';
import { useClient } from '../../data/client.tsx';
import { useWish } from '../../data/desk.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useToasts } from '../../ui/Toaster.tsx';
import type { Named, Status } from './kinds.ts';

export type StopHow = 'after-calls' | 'at-once';

export interface CampaignActs {
  start(campaign: Named): Promise<boolean>;
  pause(campaign: Named): Promise<void>;
  stop(campaign: Named, how: StopHow): Promise<void>;
  duplicate(campaign: Named): Promise<void>;
  complete(campaign: Named): Promise<void>;
  archive(campaign: Named): Promise<void>;
  unarchive(campaign: Named): Promise<void>;
  remove(campaign: Named): Promise<boolean>;
  /** Makes one of a template and goes to its first step. */
  create(name: string, template: string): Promise<void>;
}

/** What can be done to a campaign as a whole. Each is done at once, said, and offers its undo. */
export function useCampaignActs(): CampaignActs {
  const { campaigns } = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const wish = useWish();
  const toasts = useToasts();
  const announce = useAnnounce();
  return useMemo(() => {
    const asked = async <T>(asking: Promise<Answer<T>>): Promise<T | null> => {
      const value = await wish(asking);
      // Not waited for: what was done is said, and can be undone, before everything is read again.
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      return value;
    };
    const say = (text: string, undo?: () => Promise<unknown>) => {
      announce(text);
      toasts.show(undo === undefined ? { text } : { text, undo: () => void undo() });
    };
    const set = ({ id }: Named, status: Status) => asked(campaigns.setStatus({ id, status }));
    const goTo = (id: number) => navigate({ to: '/campaigns/$id/setup', params: { id }, search: {} });
    return {
      start: async (campaign) => {
        if ((await set(campaign, 'active')) === null) return false;
        // A draft that was started can only be paused again: it is no draft of anything any more.
        say(`${campaign.name} is running.`, () => set(campaign, 'paused'));
        return true;
      },
      pause: async (campaign) => {
        if ((await set(campaign, 'paused')) === null) return;
        say(`${campaign.name} is paused. Calls under way go on.`, () => set(campaign, 'active'));
      },
      stop: async (campaign, how) => {
        if ((await asked(campaigns.stop({ id: campaign.id, how }))) === null) return;
        const calls = how === 'at-once' ? 'Its calls were hung up.' : 'Its calls end by themselves.';
        say(`${campaign.name} is stopped. ${calls}`, () => set(campaign, 'active'));
      },
      duplicate: async (campaign) => {
        const copy = await asked(campaigns.duplicate({ id: campaign.id }));
        if (copy === null) return;
        say(`${copy.name} was made.`);
        await goTo(copy.id);
      },
      complete: async (campaign) => {
        if ((await set(campaign, 'completed')) === null) return;
        say(`${campaign.name} is completed. Calls under way go on.`, () =>
          set(campaign, backFrom(campaign.status)),
        );
      },
      archive: async (campaign) => {
        if ((await set(campaign, 'archived')) === null) return;
        say(`${campaign.name} is in the archive.`, () => set(campaign, backFrom(campaign.status)));
      },
      unarchive: async (campaign) => {
        if ((await set(campaign, 'paused')) === null) return;
        say(`${campaign.name} is back, and paused.`, () => set(campaign, 'archived'));
      },
      remove: async (campaign) => {
        // It answers with nothing, which is also what a refused wish yields.
        const answer = await campaigns.remove({ id: campaign.id });
        await asked(Promise.resolve(answer));
        if (!answer.ok) return false;
        say(`${campaign.name} was deleted.`, () => asked(campaigns.restore({ id: campaign.id })));
        return true;
      },
      create: async (name, template) => {
        const made = await asked(campaigns.create({ name, template }));
        if (made === null) return;
        announce(`${made.name} was made.`);
        await goTo(made.id);
      },
    };
  }, [campaigns, queries, navigate, wish, toasts, announce]);
}

/** Nothing begins to dial because something was taken back. */
function backFrom(status: Status): Status {
  return status === 'active' ? 'paused' : status;
}
