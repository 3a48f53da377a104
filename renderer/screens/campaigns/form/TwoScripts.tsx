import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { SegmentedControl } from '../../../ui/Choices.tsx';
import type { Block } from '../kinds.ts';
import { ScriptForm } from './ScriptForm.tsx';
import { ScriptPreview } from './ScriptPreview.tsx';

interface TwoScriptsProps {
  first: readonly Block[];
  /** What half of the contacts hear instead; null where there is nothing to compare. */
  second: readonly Block[] | null;
  onFirst: (blocks: Block[]) => void;
  onSecond: (blocks: Block[] | null) => void;
}

const NAMES = [
  { value: 'first', label: 'First script' },
  { value: 'second', label: 'Second script' },
] as const;

/** The script beside what agents will read; with a second one, either of them. */
export function TwoScripts({ first, second, onFirst, onSecond }: TwoScriptsProps) {
  const [which, setWhich] = useState<'first' | 'second'>('first');
  const isSecond = which === 'second' && second !== null;
  const shown = isSecond ? second : first;
  const compare = () => {
    onSecond(first.map((block) => ({ ...block, branches: [...block.branches] })));
    setWhich('second');
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {second === null ? (
          <Button
            size="sm"
            disabledReason={first.length === 0 ? 'Write the first script first.' : null}
            onClick={compare}
          >
            Compare with a second script
          </Button>
        ) : (
          <>
            <SegmentedControl
              label="Which script"
              value={isSecond ? 'second' : 'first'}
              onChange={setWhich}
              options={NAMES}
            />
            <Button size="sm" variant="ghost" onClick={() => onSecond(null)}>
              Keep the first alone
            </Button>
            <p className="text-sm text-muted">
              Half of the contacts hear each, and each contact always the same one.
            </p>
          </>
        )}
      </div>
      <div className="grid items-start gap-4 three:grid-cols-2">
        <ScriptForm key={which} blocks={shown} onChange={isSecond ? onSecond : onFirst} />
        <ScriptPreview blocks={shown} />
      </div>
    </>
  );
}
