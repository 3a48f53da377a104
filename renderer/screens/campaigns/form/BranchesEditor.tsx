import { CornerDownRight, Plus, X } from 'lucide-react';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Block } from '../kinds.ts';

type Branch = Block['branches'][number];

interface BranchesEditorProps {
  name: string;
  branches: readonly Branch[];
  /** The steps a branch may lead to. */
  targets: readonly Block[];
  onChange: (branches: Branch[]) => void;
}

const BRANCHES_MAX = 6;

/** "If they say this, go there." Without any the talk goes straight on. */
export function BranchesEditor({ name, branches, targets, onChange }: BranchesEditorProps) {
  const options = targets.map(({ key, title }) => ({ value: key, label: title || 'a step without a title' }));
  const first = options[0];
  const change = (at: number, part: Partial<Branch>) =>
    onChange(branches.map((branch, index) => (index === at ? { ...branch, ...part } : branch)));
  return (
    <div className="flex flex-col gap-1.5">
      {branches.map((branch, at) => (
        <div key={at} className="flex items-center gap-1.5">
          <CornerDownRight aria-hidden className="size-4 shrink-0 text-muted" />
          <TextField
            label={`Branch ${at + 1} of ${name}: if they say`}
            hideLabel
            className="min-w-0 flex-1"
            value={branch.label}
            placeholder="If they say: not now"
            maxLength={80}
            onChange={(label) => change(at, { label })}
          />
          <Select
            label={`Branch ${at + 1} of ${name}: go to`}
            hideLabel
            className="w-44"
            value={branch.to}
            options={options}
            onChange={(to) => change(at, { to })}
          />
          <IconButton
            size="sm"
            label={`Take away branch ${at + 1} of ${name}`}
            icon={<X />}
            onClick={() => onChange(branches.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        icon={<Plus />}
        aria-label={`If they say… Add a branch to ${name}`}
        disabledReason={
          first === undefined
            ? 'There is no other step to go to yet.'
            : branches.length >= BRANCHES_MAX
              ? 'A step has six branches at most.'
              : null
        }
        onClick={() => first && onChange([...branches, { label: '', to: first.value }])}
      >
        If they say…
      </Button>
    </div>
  );
}
