import { standingInWords } from '../../../shared/domain/standing-words.ts';
import { useStanding } from '../../data/standing.ts';
import { counted } from '../../data/words.ts';
import { EngineLists, PauseAllButton, useTimeOf } from '../../frame/Engine.tsx';
import { Loaded } from '../../frame/Loaded.tsx';
import { standingFace } from '../../frame/standing-face.ts';
import { StateBadge } from '../../ui/Badge.tsx';

/** The whole engine: what it does, what waits for when and why, what is being asked about. */
export function EngineNow() {
  const query = useStanding();
  const timeOf = useTimeOf();
  return (
    <Loaded query={query} label="Loading what goes on" what="What goes on could not be read." rows={3}>
      {(standing) => (
        <section aria-label="What Parley does by itself" className="border-b px-5 py-3">
          <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
            <h2 className="text-lg font-semibold">What Parley does by itself</h2>
            <StateBadge state={standingFace(standing)} word={standingInWords(standing, timeOf)} look="tint" />
            <span className="text-muted">
              {counted(standing.today, 'call')} today
              {standing.scheduled > 0 && `, ${counted(standing.scheduled, 'scheduled call')} to come`}
            </span>
            <span className="ml-auto">
              <PauseAllButton size="sm" />
            </span>
          </div>
          <EngineLists
            standing={standing}
            className="grid-cols-2 items-start gap-x-8 two:grid [&>*]:max-w-[72ch]"
          />
        </section>
      )}
    </Loaded>
  );
}
