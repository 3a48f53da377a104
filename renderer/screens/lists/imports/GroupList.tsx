import type { ImportGroup } from '../../../../shared/contract/imports.ts';
import { VERDICTS } from '../../../../shared/domain/list-import.ts';
import { countText } from '../../../data/words.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { cn } from '../../../ui/cn.ts';
import { VERDICT_TONE, VERDICT_WORD, reasonWord } from './words.ts';

interface GroupListProps {
  readonly groups: readonly ImportGroup[];
  readonly shown: ImportGroup | null;
  readonly onOpen: (group: ImportGroup) => void;
}

/** What there is to say about the rows, verdict by verdict, with how many of each. */
export function GroupList({ groups, shown, onOpen }: GroupListProps) {
  const sections = VERDICTS.map((verdict) => ({
    verdict,
    groups: groups.filter((group) => group.verdict === verdict),
  })).filter((section) => section.groups.length > 0);
  return (
    <nav
      aria-label="Groups of rows"
      className="focus-inset max-h-56 shrink-0 overflow-y-auto border-b p-3 two:max-h-none two:w-72 two:border-r two:border-b-0"
    >
      {sections.map((section) => (
        <div key={section.verdict} className="mb-3">
          <p className="mb-1 flex items-baseline justify-between px-2">
            <Badge tone={VERDICT_TONE[section.verdict]}>{VERDICT_WORD[section.verdict]}</Badge>
            <span className="text-sm text-muted tabular-nums">
              {countText(section.groups.reduce((sum, { n }) => sum + n, 0))}
            </span>
          </p>
          <ul className="flex flex-col gap-px">
            {section.groups.map((group) => (
              <li key={group.reason}>
                <button
                  type="button"
                  aria-current={group === shown ? 'true' : undefined}
                  onClick={() => onOpen(group)}
                  className={cn(
                    'flex min-h-row w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover',
                    group === shown && 'bg-selected hover:bg-selected',
                    group.excluded === group.n && 'text-muted line-through',
                  )}
                >
                  <span className="min-w-0 flex-1 truncate">
                    <span className="sr-only">{VERDICT_WORD[group.verdict]}: </span>
                    {reasonWord(group) || 'all rows'}
                  </span>
                  <span className="tabular-nums">{countText(group.n)}</span>
                  <span className="sr-only">{outText(group)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function outText({ n, excluded }: ImportGroup): string {
  if (excluded === 0) return '';
  return excluded === n ? ', left out' : `, ${countText(excluded)} left out`;
}
