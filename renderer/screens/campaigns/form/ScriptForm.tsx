import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { freshKey } from '../../../../shared/domain/script.ts';
import { Button } from '../../../ui/Button.tsx';
import type { Block } from '../kinds.ts';
import { StepEditor } from './StepEditor.tsx';

interface ScriptFormProps {
  blocks: readonly Block[];
  onChange: (blocks: Block[]) => void;
}

const BLOCKS_MAX = 40;

/** The script, step by step. Steps are moved and taken away with buttons; nothing needs dragging. */
export function ScriptForm({ blocks, onChange }: ScriptFormProps) {
  const list = useRef<HTMLOListElement>(null);
  const full = blocks.length >= BLOCKS_MAX ? 'A script has forty steps at most.' : null;
  const add = (kind: Block['kind']) => {
    const key = freshKey(new Set(blocks.map((block) => block.key)));
    onChange([...blocks, { key, kind, title: titleFor(kind, blocks), text: '', branches: [] }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child textarea')?.focus());
  };
  const move = (from: number, by: 1 | -1) => {
    const moved = [...blocks];
    [moved[from], moved[from + by]] = [moved[from + by]!, moved[from]!];
    onChange(moved);
  };
  return (
    <div className="flex flex-col gap-3">
      {blocks.length === 0 && (
        <p className="text-muted">No script yet. Agents use their own words until there is one.</p>
      )}
      <ol ref={list} className="flex flex-col gap-3">
        {blocks.map((block, index) => (
          <StepEditor
            key={block.key}
            block={block}
            at={index}
            blocks={blocks}
            onChange={(next) => onChange(blocks.map((one, at) => (at === index ? next : one)))}
            onMove={(by) => move(index, by)}
            onRemove={() => onChange(without(blocks, block.key))}
          />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button icon={<Plus />} disabledReason={full} onClick={() => add('say')}>
          Add a step
        </Button>
        <Button icon={<Plus />} variant="ghost" disabledReason={full} onClick={() => add('objection')}>
          An objection
        </Button>
        <Button icon={<Plus />} variant="ghost" disabledReason={full} onClick={() => add('consent')}>
          A line of consent
        </Button>
      </div>
    </div>
  );
}

function titleFor(kind: Block['kind'], blocks: readonly Block[]): string {
  if (kind === 'objection') return '';
  if (kind === 'consent') return 'Consent';
  return blocks.length === 0 ? 'Opening' : `Step ${blocks.length + 1}`;
}

/** A step that is taken away takes the branches with it that led there. */
function without(blocks: readonly Block[], key: string): Block[] {
  return blocks
    .filter((block) => block.key !== key)
    .map((block) => ({ ...block, branches: block.branches.filter(({ to }) => to !== key) }));
}
