import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { TextArea, TextField } from '../../../ui/TextField.tsx';
import type { Block } from '../kinds.ts';
import { BranchesEditor } from './BranchesEditor.tsx';
import { FIELDS, insertedAt } from './merge-fields.ts';

interface StepEditorProps {
  block: Block;
  at: number;
  blocks: readonly Block[];
  onChange: (block: Block) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One step of a script: what it is for, its words, and where the talk may go from it. */
export function StepEditor({ block, at, blocks, onChange, onMove, onRemove }: StepEditorProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const name = `step ${at + 1}`;
  const { label, hint } = ABOUT[block.kind];
  const insert = (field: string) => {
    const { value, caret } = insertedAt(block.text, text.current?.selectionStart ?? null, field);
    onChange({ ...block, text: value });
    requestAnimationFrame(() => {
      text.current?.focus();
      text.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border p-3">
      <div className="flex items-center gap-1">
        <span aria-hidden className="w-5 shrink-0 text-muted">
          {at + 1}
        </span>
        <TextField
          label={`Title of ${name}`}
          hideLabel
          className="flex-1"
          value={block.title}
          onChange={(title) => onChange({ ...block, title })}
          maxLength={120}
          placeholder={block.kind === 'objection' ? 'What they say: it is too expensive' : undefined}
        />
        {label !== null && <Badge>{label}</Badge>}
        <Menu
          align="end"
          trigger={
            <Button size="sm" variant="ghost" aria-label={`Insert a field into ${name}`}>
              Insert
            </Button>
          }
          sections={[
            {
              title: 'Fields',
              items: FIELDS.map((each) => ({ label: each.label, run: () => insert(each.field) })),
            },
          ]}
        />
        <IconButton
          size="sm"
          label={`Move ${name} up`}
          icon={<ArrowUp />}
          disabledReason={at === 0 ? 'It is the first step.' : null}
          onClick={() => onMove(-1)}
        />
        <IconButton
          size="sm"
          label={`Move ${name} down`}
          icon={<ArrowDown />}
          disabledReason={at === blocks.length - 1 ? 'It is the last step.' : null}
          onClick={() => onMove(1)}
        />
        <IconButton size="sm" label={`Take away ${name}`} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <TextArea
        ref={text}
        label={`Words of ${name}`}
        hideLabel
        rows={3}
        value={block.text}
        onChange={(next) => onChange({ ...block, text: next })}
        maxLength={10_000}
        placeholder={hint}
      />
      {block.kind === 'say' && (
        <BranchesEditor
          name={name}
          branches={block.branches}
          targets={blocks.filter(({ kind, key }) => kind !== 'objection' && key !== block.key)}
          onChange={(branches) => onChange({ ...block, branches })}
        />
      )}
    </li>
  );
}

const ABOUT: Readonly<Record<Block['kind'], { label: string | null; hint: string }>> = {
  say: { label: null, hint: 'Hello {{first name|there}}, this is {{my name}} from …' },
  objection: { label: 'objection', hint: 'What the agent answers.' },
  consent: {
    label: 'consent',
    hint: 'Read out word for word. The agent ticks it once they agree; without it no success can be filed.',
  },
};
