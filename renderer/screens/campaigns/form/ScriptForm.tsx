import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { TextArea, TextField } from '../../../ui/TextField.tsx';
import type { Block } from '../kinds.ts';
import { FIELDS, insertedAt } from './merge-fields.ts';

interface ScriptFormProps {
  blocks: readonly Block[];
  onChange: (blocks: Block[]) => void;
}

const BLOCKS_MAX = 40;

/** The script, step by step. Steps are moved and taken away with buttons; nothing needs dragging. */
export function ScriptForm({ blocks, onChange }: ScriptFormProps) {
  const list = useRef<HTMLOListElement>(null);
  const add = () => {
    onChange([...blocks, { title: blocks.length === 0 ? 'Opening' : `Step ${blocks.length + 1}`, text: '' }]);
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
          <BlockEditor
            key={index}
            block={block}
            at={index}
            count={blocks.length}
            onChange={(next) => onChange(blocks.map((one, at) => (at === index ? next : one)))}
            onMove={(by) => move(index, by)}
            onRemove={() => onChange(blocks.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <Button
        className="self-start"
        icon={<Plus />}
        disabledReason={blocks.length >= BLOCKS_MAX ? 'A script has forty steps at most.' : null}
        onClick={add}
      >
        Add a step
      </Button>
    </div>
  );
}

interface BlockEditorProps {
  block: Block;
  at: number;
  count: number;
  onChange: (block: Block) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

function BlockEditor({ block, at, count, onChange, onMove, onRemove }: BlockEditorProps) {
  const text = useRef<HTMLTextAreaElement>(null);
  const name = `step ${at + 1}`;
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
        />
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
              items: FIELDS.map(({ field, label }) => ({ label, run: () => insert(field) })),
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
          disabledReason={at === count - 1 ? 'It is the last step.' : null}
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
        placeholder="Hello {{first name|there}}, this is {{my name}} from …"
      />
    </li>
  );
}
