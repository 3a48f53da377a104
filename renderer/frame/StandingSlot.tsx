import { checkedInWords, standingInWords } from '../../shared/domain/standing-words.ts';
import { useLineStatus } from '../data/client.tsx';
import { useStanding } from '../data/standing.ts';
import { Popover } from '../ui/Popover.tsx';
import { StateShape } from '../ui/StateShape.tsx';
import { EngineLists, PauseAllButton, useTimeOf } from './Engine.tsx';
import { standingFace } from './standing-face.ts';

/** What Parley does by itself, in a word on the status bar and in full behind it: what the tray’s menu says. */
export function StandingSlot() {
  const { data: standing } = useStanding();
  const { state: line } = useLineStatus();
  const timeOf = useTimeOf();
  if (standing === undefined || line === 'lost') return null;
  const state = standingFace(standing);
  const { checking, today } = standing;
  const words = standingInWords(standing, timeOf);
  return (
    <Popover
      title="What Parley does by itself"
      side="top"
      trigger={
        <button
          type="button"
          data-tone={state}
          className="flex h-6 min-w-0 shrink items-center gap-1.5 rounded-sm px-1.5 hover:bg-hover hover:text-text"
        >
          <StateShape state={state} className="size-[0.8em] text-tone" />
          <span className="truncate">{words}</span>
          {checking.length > 0 && (
            <span data-tone="warn" className="shrink-0 font-medium text-tone">
              {checkedInWords(checking.length)}
            </span>
          )}
        </button>
      }
    >
      <p className="mb-2 text-sm">
        {words}. {today === 1 ? '1 call' : `${today} calls`} today.
      </p>
      <EngineLists standing={standing} className="text-sm" />
      <div className="mt-3 border-t pt-3">
        <PauseAllButton size="sm" />
        <p className="mt-1.5 text-sm text-muted">
          Campaigns, schedules and power mode stop; calls under way end by themselves. Dialing by hand stays
          possible.
        </p>
      </div>
    </Popover>
  );
}
