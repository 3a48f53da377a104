import { useHello } from '../../data/hello.ts';
import { useSetPreferences } from '../../data/preferences.ts';
import { counted } from '../../data/words.ts';
import { useKeySheet } from '../../keys/KeysProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Switch } from '../../ui/Choices.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { Group } from './Group.tsx';

interface KeyRow {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
}

const COLUMNS: readonly Column<KeyRow>[] = [
  { key: 'title', header: 'Does', cell: (row) => row.title },
  {
    key: 'keys',
    header: 'Keys',
    width: '16rem',
    cell: (row) => (
      <span className="flex gap-3">
        {row.keys.map((keys) => (
          <Kbd key={keys} keys={keys} exact spoken />
        ))}
      </span>
    ),
  },
];

export function Keys() {
  const { preferences } = useHello();
  const set = useSetPreferences();
  const own = Object.keys(preferences.rebound).length;
  const everywhere = useKeySheet().find((group) => group.scope === 'global')?.rows ?? [];
  return (
    <>
      <Group title="Single-letter keys">
        <Switch
          label="Letters and digits act by themselves"
          description="Off, only keys with Ctrl, Alt or a function key do. For speech input, and for hands that brush the keyboard."
          checked={preferences.singleKeys}
          onChange={(singleKeys) => void set({ singleKeys })}
        />
      </Group>
      <Group
        title="Keys that work on every screen"
        note="Each screen adds its own. Press ? anywhere to see what works at that moment, and to choose other keys for it."
      >
        {own > 0 && (
          <Button className="mb-3" onClick={() => void set({ rebound: {} })}>
            Back to the built-in keys ({counted(own, 'change')})
          </Button>
        )}
        <Table
          caption="Keys that work on every screen"
          columns={COLUMNS}
          rows={everywhere}
          rowKey={(row) => row.id}
        />
      </Group>
    </>
  );
}
