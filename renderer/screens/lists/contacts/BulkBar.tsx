import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { BulkAct, Target } from '../../../../shared/contract/contacts.ts';
import { useWhyNotAllowed } from '../../../data/roles.ts';
import { countText } from '../../../data/words.ts';
import { useKeys } from '../../../keys/KeysProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { NOBODY, type Selection, everybody } from '../../../ui/grid/selection.ts';
import { BulkDialog } from './BulkDialog.tsx';

interface BulkBarProps {
  /** The chosen rows; null while nothing is found yet. */
  target: { resultId: number; ranges: Selection } | null;
  count: number;
  chosen: number;
  onChoose: (selection: Selection) => void;
  onExport: (format: 'csv' | 'xlsx') => void;
}

export type BulkKind = BulkAct['kind'];

const ACTS: readonly (readonly [BulkKind, string])[] = [
  ['enrol', 'Enrol into a campaign…'],
  ['leave', 'Remove from a campaign…'],
  ['tag', 'Tag…'],
  ['untag', 'Take a tag away…'],
  ['schedule', 'Schedule calls…'],
  ['do-not-call', 'Put on do-not-call…'],
  ['delete', 'Delete…'],
];

/** Choosing everybody found, and what can be done to the chosen. */
export function BulkBar({ target, count, chosen, onChoose, onExport }: BulkBarProps) {
  const [kind, setKind] = useState<BulkKind | null>(null);
  const notAllowed = useWhyNotAllowed('supervisor');
  const whyNot =
    notAllowed ?? (chosen === 0 ? 'Choose contacts first: Space, Shift and arrows, or all.' : null);
  useKeys('screen', [
    { id: 'contacts.tag', keys: 't', title: 'Tag the chosen', run: () => setKind('tag'), whyNot },
    { id: 'contacts.enrol', keys: 'e', title: 'Enrol the chosen', run: () => setKind('enrol'), whyNot },
  ]);
  if (target === null || count === 0) return null;
  return (
    <>
      {chosen < count && (
        <Button size="sm" variant="ghost" onClick={() => onChoose(everybody(count))}>
          Choose all {countText(count)}
        </Button>
      )}
      {chosen > 0 && (
        <Button size="sm" variant="ghost" onClick={() => onChoose(NOBODY)}>
          Choose none
        </Button>
      )}
      <span className="ml-auto flex gap-2">
        <Menu
          align="end"
          trigger={
            <Button size="sm" disabledReason={whyNot}>
              Do with chosen
              <ChevronDown aria-hidden className="size-[1.1em]" />
            </Button>
          }
          sections={[
            { items: ACTS.slice(0, 5).map(([each, label]) => ({ label, run: () => setKind(each) })) },
            {
              items: [
                { label: 'Export as CSV', run: () => onExport('csv') },
                { label: 'Export as Excel workbook', run: () => onExport('xlsx') },
              ],
            },
            {
              items: ACTS.slice(5).map(([each, label]) => ({
                label,
                danger: true,
                run: () => setKind(each),
              })),
            },
          ]}
        />
      </span>
      {kind !== null && chosen > 0 && (
        <BulkDialog kind={kind} target={asTarget(target)} chosen={chosen} onClose={() => setKind(null)} />
      )}
    </>
  );
}

function asTarget({ resultId, ranges }: { resultId: number; ranges: Selection }): Target {
  return { resultId, ranges: ranges.map(({ from, to }) => ({ from, to })) };
}
