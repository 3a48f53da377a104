import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../../../shared/contract/wire.ts';
import { useWish } from '../../../data/desk.ts';
import { answered } from '../../../data/queries.ts';
import { useTell } from '../../../data/message.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { TextField } from '../../../ui/TextField.tsx';

interface View<Sort> {
  name: string;
  filter: string;
  sort: Sort;
}

type Kept<Sort> = Promise<Answer<readonly View<Sort>[]>>;

interface ViewsProps<Sort> {
  /** Where they are kept. */
  kept: {
    views: () => Kept<Sort>;
    saveView: (view: View<Sort>) => Kept<Sort>;
    removeView: (which: { name: string }) => Kept<Sort>;
  };
  cacheKey: 'contact-views' | 'call-views';
  filter: string;
  sort: Sort;
  onShow: (filter: string, sort: Sort) => void;
}

/** Filters that somebody gave a name, for everybody in this workspace. */
export function Views<Sort>({ kept, cacheKey, filter, sort, onShow }: ViewsProps<Sort>) {
  const queries = useQueryClient();
  const wish = useWish();
  const tell = useTell();
  const [isNaming, setNaming] = useState(false);
  const views = useQuery({ queryKey: [cacheKey], queryFn: () => answered(kept.views()) }).data ?? [];
  const fresh = () => void queries.invalidateQueries({ queryKey: [cacheKey] });
  const remove = async (name: string) => {
    if ((await wish(kept.removeView({ name }))) === null) return;
    fresh();
    tell(`The view ${name} was removed.`);
  };
  const save = async (name: string) => {
    if ((await wish(kept.saveView({ name, filter, sort }))) === null) return;
    setNaming(false);
    fresh();
    tell(`The view ${name} was saved.`);
  };
  const current = views.find((view) => view.filter === filter);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button
            icon={<Bookmark />}
            aria-label={current === undefined ? 'Saved views' : `Saved views, ${current.name}`}
          >
            {current?.name ?? 'Views'}
          </Button>
        }
        sections={[
          {
            title: views.length === 0 ? 'No saved views yet' : 'Saved views',
            items: views.map((view) => ({
              label: view.name,
              run: () => onShow(view.filter, view.sort),
            })),
          },
          {
            items: [
              {
                label: 'Save this view…',
                run: () => setNaming(true),
                disabledReason: filter === '' ? 'Filter first, then save what you see.' : null,
              },
              ...(current === undefined
                ? []
                : [{ label: `Remove ${current.name}`, danger: true, run: () => void remove(current.name) }]),
            ],
          },
        ]}
      />
      {isNaming && <NameDialog filter={filter} onSave={save} onClose={() => setNaming(false)} />}
    </>
  );
}

interface NameDialogProps {
  filter: string;
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
}

function NameDialog({ filter, onSave, onClose }: NameDialogProps) {
  const [name, setName] = useState('');
  const whyNot = name.trim() === '' ? 'Give it a name first.' : null;
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title="Save this view"
      description={filter}
      footer={
        <Button variant="primary" type="submit" form="name-view" disabledReason={whyNot}>
          Save
        </Button>
      }
    >
      <form
        id="name-view"
        onSubmit={(event) => {
          event.preventDefault();
          if (whyNot === null) void onSave(name.trim());
        }}
      >
        <TextField label="Name" value={name} onChange={setName} maxLength={60} required />
      </form>
    </Dialog>
  );
}
