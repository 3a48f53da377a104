import { checkingInWords } from '../../../shared/domain/standing-words.ts';
import { useStanding } from '../../data/standing.ts';
import { counted } from '../../data/words.ts';
import { useTimeOf } from '../../frame/Engine.tsx';
import { StateShape } from '../../ui/StateShape.tsx';

/** Calls of which nobody knows yet whether they were placed. They have no row before the carrier has said. */
export function BeingChecked() {
  const { data } = useStanding();
  const timeOf = useTimeOf();
  const checking = data?.checking ?? [];
  if (checking.length === 0) return null;
  return (
    <section
      aria-label="Being checked"
      data-tone="warn"
      className="border-b border-b-tone/40 bg-tone-tint px-5 py-2"
    >
      <h2 className="flex items-center gap-1.5 font-medium">
        <StateShape state="trouble" className="text-tone" />
        {counted(checking.length, 'call')} being checked
      </h2>
      <ul className="mt-1 flex flex-col gap-1">
        {checking.map((each) => (
          <li key={each.attemptId} className="max-w-[90ch]">
            <span className="font-medium">
              {each.name}, {each.number}
              {each.campaign !== '' && ` (${each.campaign})`}:
            </span>{' '}
            {checkingInWords(each, timeOf)} Nobody has to do anything.
          </li>
        ))}
      </ul>
    </section>
  );
}
