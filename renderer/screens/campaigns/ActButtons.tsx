import { useNavigate } from '@tanstack/react-router';
import {
  Archive,
  ArchiveRestore,
  CircleCheck,
  Copy,
  Ellipsis,
  OctagonX,
  Pause,
  Pencil,
  Phone,
  Play,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Menu, type MenuSection } from '../../ui/Menu.tsx';
import type { Named } from './kinds.ts';
import { StopDialog } from './StopDialog.tsx';
import { type CampaignActs, useCampaignActs } from './use-acts.ts';
import { useWhyNots, type WhyNots } from './why-not.ts';

interface ActButtonsProps {
  campaign: Named;
  size?: 'sm' | 'md';
  /** Where to go once the campaign is gone. */
  onGone?: (() => void) | undefined;
}

/** Start or pause, and under one button everything rarer. */
export function ActButtons({ campaign, size = 'md', onGone }: ActButtonsProps) {
  const acts = useCampaignActs();
  const why = useWhyNots(campaign);
  const [isStopping, setIsStopping] = useState(false);
  const sections = useSections(campaign, acts, why, () => setIsStopping(true), onGone);
  return (
    <span className="inline-flex items-center gap-1.5">
      <StartOrPause campaign={campaign} acts={acts} why={why} size={size} />
      <Menu
        align="end"
        trigger={
          <Button
            size={size}
            variant="ghost"
            icon={<Ellipsis />}
            aria-label={`More for ${campaign.name}`}
            className="px-1.5"
          />
        }
        sections={sections}
      />
      <StopDialog
        campaign={isStopping ? campaign : null}
        onStop={(stopped, how) => void acts.stop(stopped, how)}
        onClose={() => setIsStopping(false)}
      />
    </span>
  );
}

interface StartOrPauseProps {
  campaign: Named;
  acts: CampaignActs;
  why: WhyNots;
  size: 'sm' | 'md';
}

function StartOrPause({ campaign, acts, why, size }: StartOrPauseProps) {
  const isActive = campaign.status === 'active';
  const word = isActive ? 'Pause' : 'Start';
  return (
    <Button
      size={size}
      icon={isActive ? <Pause /> : <Play />}
      aria-label={`${word} ${campaign.name}`}
      className="min-w-[6.25em]"
      disabledReason={isActive ? why.pause : why.start}
      onClick={() => void (isActive ? acts.pause(campaign) : acts.start(campaign))}
    >
      {word}
    </Button>
  );
}

function useSections(
  campaign: Named,
  acts: CampaignActs,
  why: WhyNots,
  onStop: () => void,
  onGone: (() => void) | undefined,
): MenuSection[] {
  const navigate = useNavigate();
  const isArchived = campaign.status === 'archived';
  const remove = async () => {
    if (await acts.remove(campaign)) onGone?.();
  };
  return [
    {
      items: [
        {
          label: 'Stop…',
          icon: <OctagonX />,
          run: onStop,
          disabledReason: why.stop,
        },
        {
          label: 'Open on Dial',
          icon: <Phone />,
          run: () => void navigate({ to: '/dial' }),
          disabledReason: why.dial,
        },
        {
          label: campaign.status === 'draft' ? 'Go on setting up' : 'Change rules',
          icon: <Pencil />,
          run: () =>
            void (campaign.status === 'draft'
              ? navigate({ to: '/campaigns/$id/setup', params: { id: campaign.id }, search: {} })
              : navigate({ to: '/campaigns/$id', params: { id: campaign.id }, search: { tab: 'rules' } })),
          disabledReason: why.change,
        },
        {
          label: 'Duplicate',
          icon: <Copy />,
          run: () => void acts.duplicate(campaign),
          disabledReason: why.pause,
        },
      ],
    },
    {
      items: [
        {
          label: 'Complete',
          icon: <CircleCheck />,
          run: () => void acts.complete(campaign),
          disabledReason: why.complete,
        },
        isArchived
          ? {
              label: 'Take out of the archive',
              icon: <ArchiveRestore />,
              run: () => void acts.unarchive(campaign),
              disabledReason: why.archive,
            }
          : {
              label: 'Archive',
              icon: <Archive />,
              run: () => void acts.archive(campaign),
              disabledReason: why.archive,
            },
        {
          label: 'Delete',
          icon: <Trash2 />,
          danger: true,
          run: () => void remove(),
          disabledReason: why.remove,
        },
      ],
    },
  ];
}
